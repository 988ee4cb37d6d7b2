package dev.canyon.store;

import dev.canyon.listener.StoreUnavailableException;
import dev.canyon.store.Troubles.Kind;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says what a failure of the database means: to whoever asked for something, and as a trouble of the store. */
final class Refusals {

    private final Database database;
    private final Troubles troubles;

    Refusals(Database database, Troubles troubles) {
        this.database = database;
        this.troubles = troubles;
    }

    /** What to throw; the trouble has begun then. */
    StoreUnavailableException of(Exception failure) {
        return new StoreUnavailableException(tell(failure), failure);
    }

    /** Begins the trouble. @return what it is called */
    String tell(Exception failure) {
        SQLException cause = sqlCause(failure);
        String message = cause == null ? database + ": " + failure.getMessage() : database.explain(cause);
        troubles.begin(Kind.AWAY, message);
        return message;
    }

    /** What the database itself said; null if it was not asked. */
    static @Nullable SQLException sqlCause(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
