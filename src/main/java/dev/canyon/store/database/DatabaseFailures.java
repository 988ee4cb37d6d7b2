package dev.canyon.store.database;

import dev.canyon.listener.StoreUnavailableException;
import dev.canyon.store.database.StoreStatus.Kind;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Translates failures of the database into exceptions for callers and into the status of the store. */
final class DatabaseFailures {

    private final Database database;
    private final StoreStatus status;

    DatabaseFailures(Database database, StoreStatus status) {
        this.database = database;
        this.status = status;
    }

    /** The exception to throw. Also updates the status. */
    StoreUnavailableException of(Exception failure) {
        return new StoreUnavailableException(report(failure), failure);
    }

    /** Updates the status. @return its message */
    String report(Exception failure) {
        SQLException cause = sqlCause(failure);
        String message = cause == null ? database + ": " + failure.getMessage() : database.explain(cause);
        status.report(Kind.UNAVAILABLE, message);
        return message;
    }

    /** The exception of the JDBC driver; null if it was not involved. */
    static @Nullable SQLException sqlCause(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
