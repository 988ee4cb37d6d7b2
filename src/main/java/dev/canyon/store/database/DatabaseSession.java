package dev.canyon.store.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.canyon.listener.StoreUnavailableException;
import dev.canyon.store.database.StoreStatus.Kind;
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
 * Exclusive use of the database by this process. All reads and writes of the store are serialized over one connection. Writes are
 * counted, and rejected once another process has used the database.
 *
 * <p>A failed write is reported immediately and the database is tested in the background, so that its status is up to date without
 * further writes. Thread-safe.
 */
public final class DatabaseSession implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DatabaseSession.class);

    private static final String NEXT_EPOCH = "UPDATE ledger SET epoch = epoch + 1 WHERE id = 1";
    private static final String EPOCH = "SELECT epoch FROM ledger WHERE id = 1";
    private static final String COUNT_WRITE = "UPDATE ledger SET writes = writes + 1 WHERE id = 1 AND epoch = ?";
    private static final String TEST_WRITE = "UPDATE ledger SET writes = writes WHERE id = 1 AND epoch = ?";

    private final Database database;
    private final HikariDataSource pool;
    private final StoreStatus status;
    private final DatabaseFailures failures;
    private final JdbcClient client;
    private final JdbcTemplate template;
    private final TransactionTemplate transaction;
    private final StoreMaintenance maintenance = new StoreMaintenance();
    private volatile boolean acquired;
    private volatile boolean wasUnavailable;
    private volatile long epoch;

    public DatabaseSession(Database database, HikariDataSource pool, StoreStatus status) {
        this.database = database;
        this.pool = pool;
        this.status = status;
        this.failures = new DatabaseFailures(database, status);
        this.client = JdbcClient.create(pool);
        this.template = new JdbcTemplate(pool);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    /**
     * Acquires the database for this process and migrates its schema. All other operations fail until this has succeeded once.
     *
     * @param read reads the content before anything can be changed
     * @throws StoreUnusableException at startup only: if the database is unusable and a retry would not help
     * @throws StoreUnavailableException if the database cannot be reached; a retry may succeed
     */
    public synchronized <T> T acquire(Function<JdbcClient, T> read) {
        try {
            // The first connection acquires the lock, before anything is changed.
            client.sql("SELECT 1").query().singleValue();
            database.migrate();
            client.sql(NEXT_EPOCH).update();
            epoch = client.sql(EPOCH).query(Long.class).single();
            T content = read.apply(client);
            status.clear(Kind.UNAVAILABLE);
            if (!acquired) {
                acquired = true;
                maintenance.start(this::maintain);
            }
            return content;
        } catch (StoreUnusableException ex) {
            throw atStartOrLater(ex);
        } catch (SQLException | DataAccessException | FlywayException ex) {
            SQLException cause = DatabaseFailures.sqlCause(ex);
            if (cause != null && database.isInUse(cause) && !acquired) {
                throw atStartOrLater(new StoreUnusableException(
                        database.explain(cause), "Only one process may use the database at a time.", ex));
            }
            wasUnavailable = true;
            throw failures.of(ex);
        }
    }

    /** At startup the exception ends the process. A process that is already running continues without its database. */
    private RuntimeException atStartOrLater(StoreUnusableException unusable) {
        if (!wasUnavailable) {
            return unusable;
        }
        status.report(Kind.UNAVAILABLE, String.valueOf(unusable.getMessage()));
        return new StoreUnavailableException(String.valueOf(unusable.getMessage()), unusable);
    }

    /** @throws StoreUnavailableException if the database cannot be read; a retry may succeed */
    public <T> T read(Function<JdbcClient, T> query) {
        requireAcquired();
        try {
            return query.apply(client);
        } catch (DataAccessException ex) {
            throw failures.of(ex);
        }
    }

    /**
     * Performs a change in a transaction. When this returns, the change is on disk.
     *
     * @param change may be called a second time after the first attempt was rolled back
     * @throws StoreUnavailableException if the database cannot be written; a retry may succeed
     */
    public void write(Consumer<JdbcTemplate> change) {
        requireAcquired();
        requirePresent();
        try {
            withRetry(() -> transaction.executeWithoutResult(ignored -> {
                requireNoOtherProcess(template.update(COUNT_WRITE, epoch));
                change.accept(template);
            }));
        } catch (DataAccessException | TransactionException ex) {
            throw failures.of(ex);
        }
        // It may have been lost during the write, which then is lost too.
        requirePresent();
        status.clear(Kind.UNAVAILABLE);
        database.afterWrite();
    }

    private void requirePresent() {
        database.lost().ifPresent(message -> {
            status.report(Kind.UNAVAILABLE, message);
            throw new StoreUnavailableException(message, null);
        });
    }

    private void requireAcquired() {
        if (!acquired) {
            throw new StoreUnavailableException(
                    "the stored data has not been read yet: " + status.text().orElse("retry shortly"), null);
        }
    }

    /** Retries once if the database could free disk space. */
    private void withRetry(Runnable write) {
        try {
            write.run();
        } catch (DataAccessException | TransactionException ex) {
            SQLException cause = DatabaseFailures.sqlCause(ex);
            if (cause == null || !database.freeSpace(cause, pool)) {
                throw ex;
            }
            log.info("Freed disk space; retrying the failed write: {}", cause.getMessage());
            write.run();
        }
    }

    /** Fails if another process used the database while the connection was lost. */
    private void requireNoOtherProcess(int updatedRows) {
        if (updatedRows == 0) {
            String message = "another Canyon process has used " + database
                    + " since the connection was lost: restart this process to load the changes";
            status.report(Kind.UNAVAILABLE, message);
            throw new StoreUnavailableException(message, null);
        }
    }

    /** Tests whether an unavailable database can be written again, and performs its maintenance. */
    private void maintain() {
        try {
            requirePresent();
            if (status.has(Kind.UNAVAILABLE)) {
                transaction.executeWithoutResult(ignored -> requireNoOtherProcess(template.update(TEST_WRITE, epoch)));
                status.clear(Kind.UNAVAILABLE);
            }
            database.maintain(pool);
        } catch (SQLException | DataAccessException | TransactionException ex) {
            failures.report(ex);
        } catch (StoreUnavailableException ex) {
            // Already reported.
        } catch (RuntimeException ex) {
            log.error("Store: maintenance failed", ex);
        }
    }

    @Override
    public void close() {
        try {
            if (maintenance.stop() && acquired && database.lost().isEmpty()) {
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
