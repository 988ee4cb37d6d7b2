package dev.canyon.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.canyon.listener.StoreUnavailableException;
import dev.canyon.store.Troubles.Kind;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database while this process has it: every read and write of this room, in a row over one connection. Writes are counted,
 * and refused once another process has had the database.
 *
 * <p>When the database cannot be written, that is told at once and tried again in the background, so that the trouble is
 * seen, and seen to end, even if nobody changes anything.
 */
final class Ledger implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Ledger.class);

    private static final String TAKE_OVER = "UPDATE ledger SET epoch = epoch + 1 WHERE id = 1";
    private static final String EPOCH = "SELECT epoch FROM ledger WHERE id = 1";
    private static final String COUNT_WRITE = "UPDATE ledger SET writes = writes + 1 WHERE id = 1 AND epoch = ?";
    private static final String TRY_TO_WRITE = "UPDATE ledger SET writes = writes WHERE id = 1 AND epoch = ?";

    private final Database database;
    private final HikariDataSource pool;
    private final Troubles troubles;
    private final Refusals refusals;
    private final JdbcClient client;
    private final JdbcTemplate template;
    private final TransactionTemplate transaction;
    private final Upkeep upkeep = new Upkeep();
    private volatile boolean ours;
    private volatile boolean wasAway;
    private volatile long epoch;

    Ledger(Database database, HikariDataSource pool, Troubles troubles) {
        this.database = database;
        this.pool = pool;
        this.troubles = troubles;
        this.refusals = new Refusals(database, troubles);
        this.client = JdbcClient.create(pool);
        this.template = new JdbcTemplate(pool);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    /**
     * Takes the database for this process and brings its schema up to date. Until that has succeeded once, nothing else can be
     * read or written.
     *
     * @param read what has to be known of it before anything in it is changed
     * @throws StoreUnusableException at the start only: if it cannot be had, and waiting does not help
     * @throws StoreUnavailableException if it cannot be reached; it may be later
     */
    synchronized <T> T takeOver(Function<JdbcClient, T> read) {
        try {
            // The first connection tells whether the database is there and ours, before anything is changed in it.
            client.sql("SELECT 1").query().singleValue();
            database.migrate();
            client.sql(TAKE_OVER).update();
            epoch = client.sql(EPOCH).query(Long.class).single();
            T found = read.apply(client);
            troubles.end(Kind.AWAY);
            if (!ours) {
                ours = true;
                upkeep.begin(this::look);
            }
            return found;
        } catch (StoreUnusableException ex) {
            throw atStartOrLater(ex);
        } catch (SQLException | DataAccessException | FlywayException ex) {
            SQLException cause = Refusals.sqlCause(ex);
            if (cause != null && database.isTaken(cause) && !ours) {
                throw atStartOrLater(new StoreUnusableException(
                        database.explain(cause), "Only one process can use it, so that no change is lost.", ex));
            }
            wasAway = true;
            throw refusals.of(ex);
        }
    }

    /** At the start it ends the process. One that has run since, without its database, goes on without it. */
    private RuntimeException atStartOrLater(StoreUnusableException unusable) {
        if (!wasAway) {
            return unusable;
        }
        troubles.begin(Kind.AWAY, String.valueOf(unusable.getMessage()));
        return new StoreUnavailableException(String.valueOf(unusable.getMessage()), unusable);
    }

    /** @throws StoreUnavailableException if it cannot be read; it may be possible later */
    <T> T read(Function<JdbcClient, T> query) {
        requireOurs();
        try {
            return query.apply(client);
        } catch (DataAccessException ex) {
            throw refusals.of(ex);
        }
    }

    /**
     * Makes a change, all of it or nothing. When this returns, it is on disk.
     *
     * @param change may be called a second time, after the first was undone
     * @throws StoreUnavailableException if it cannot be written; it may be possible later
     */
    void write(Consumer<JdbcTemplate> change) {
        requireOurs();
        try {
            attempt(() -> transaction.executeWithoutResult(status -> {
                requireNobodyElseHadIt(template.update(COUNT_WRITE, epoch));
                change.accept(template);
            }));
        } catch (DataAccessException | TransactionException ex) {
            throw refusals.of(ex);
        }
        troubles.end(Kind.AWAY);
        database.written();
    }

    private void requireOurs() {
        if (!ours) {
            throw new StoreUnavailableException(
                    "what is stored has not been read yet: " + troubles.text().orElse("try again in a moment"), null);
        }
    }

    /** A second time if the database could make room for it. */
    private void attempt(Runnable write) {
        try {
            write.run();
        } catch (DataAccessException | TransactionException ex) {
            SQLException cause = Refusals.sqlCause(ex);
            if (cause == null || !database.relieve(cause, pool)) {
                throw ex;
            }
            log.info("Store: trying again after {}", cause.getMessage());
            write.run();
        }
    }

    /** Refuses if another process has had the database, and ended, while the connection was lost. */
    private void requireNobodyElseHadIt(int rowsOfOurEpoch) {
        if (rowsOfOurEpoch == 0) {
            String message = "another Canyon has used " + database
                    + " meanwhile: restart this one, so that it knows the changes";
            troubles.begin(Kind.AWAY, message);
            throw new StoreUnavailableException(message, null);
        }
    }

    /** Looks after the database, and whether a trouble is over. */
    private void look() {
        try {
            if (troubles.has(Kind.AWAY)) {
                transaction.executeWithoutResult(
                        status -> requireNobodyElseHadIt(template.update(TRY_TO_WRITE, epoch)));
                troubles.end(Kind.AWAY);
            }
            database.maintain(pool);
        } catch (SQLException | DataAccessException | TransactionException ex) {
            refusals.tell(ex);
        } catch (StoreUnavailableException ex) {
            // Told already, and not over before the next start.
        } catch (RuntimeException ex) {
            log.error("Store: could not be looked after", ex);
        }
    }

    @Override
    public void close() {
        try {
            if (upkeep.end() && ours) {
                database.beforeClose(pool);
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } finally {
            pool.close();
            database.close();
        }
    }
}
