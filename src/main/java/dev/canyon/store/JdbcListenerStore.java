package dev.canyon.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.canyon.listener.ListenerStore;
import dev.canyon.listener.StoreUnavailableException;
import dev.canyon.listener.VersionedDefinition;
import dev.canyon.store.Troubles.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps definitions in a table. One connection does all the work, so writes are in a row.
 *
 * <p>When the database cannot be written, that is told at once and tried again in the background, so that the trouble is
 * seen, and seen to end, even if nobody changes anything.
 */
final class JdbcListenerStore implements ListenerStore, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JdbcListenerStore.class);

    private static final String SAVE = """
            INSERT INTO listener (name, version, definition, checksum) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE
            SET version = excluded.version, definition = excluded.definition, checksum = excluded.checksum""";

    private static final String DELETE = "DELETE FROM listener WHERE name = ?";
    /** Who loads takes over: whoever had the database before notices at the next write. */
    private static final String TAKE_OVER = "UPDATE ledger SET epoch = epoch + 1 WHERE id = 1";

    private static final String EPOCH = "SELECT epoch FROM ledger WHERE id = 1";
    private static final String COUNT_WRITE = "UPDATE ledger SET writes = writes + 1 WHERE id = 1 AND epoch = ?";
    private static final String TRY_TO_WRITE = "UPDATE ledger SET writes = writes WHERE id = 1";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Database database;
    private final HikariDataSource pool;
    private final Troubles troubles;
    private final JdbcClient client;
    private final JdbcTemplate template;
    private final TransactionTemplate transaction;
    private final ScheduledExecutorService keeper = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "canyon-store");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean loaded;
    private volatile boolean wasAway;
    private volatile long epoch;

    JdbcListenerStore(Database database, HikariDataSource pool, Troubles troubles) {
        this.database = database;
        this.pool = pool;
        this.troubles = troubles;
        this.client = JdbcClient.create(pool);
        this.template = new JdbcTemplate(pool);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    @Override
    public synchronized List<VersionedDefinition> load() {
        try {
            // The first connection tells whether the database is there and ours, before anything is changed in it.
            client.sql("SELECT 1").query().singleValue();
            database.migrate();
            client.sql(TAKE_OVER).update();
            epoch = client.sql(EPOCH).query(Long.class).single();
            List<VersionedDefinition> definitions = definitions(
                    client.sql(Row.SELECT).query((row, number) -> Row.read(row)).list());
            troubles.end(Kind.AWAY);
            if (!loaded) {
                loaded = true;
                keeper.scheduleWithFixedDelay(
                        this::look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            }
            return definitions;
        } catch (StoreUnusableException ex) {
            throw atStartOrLater(ex);
        } catch (SQLException | DataAccessException | FlywayException ex) {
            SQLException cause = sqlCause(ex);
            if (cause != null && database.isTaken(cause) && !loaded) {
                throw atStartOrLater(new StoreUnusableException(
                        database.explain(cause), "Only one process can use it, so that no change is lost.", ex));
            }
            wasAway = true;
            throw refusal(ex);
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

    private List<VersionedDefinition> definitions(List<Row> rows) {
        List<VersionedDefinition> definitions = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        for (Row row : rows) {
            try {
                definitions.add(row.toDefinition());
            } catch (DamagedRowException ex) {
                damaged.add(String.valueOf(ex.getMessage()));
            }
        }
        if (!damaged.isEmpty()) {
            troubles.begin(Kind.ROWS, String.join("; ", damaged));
        }
        return definitions;
    }

    @Override
    public void write(Collection<VersionedDefinition> saved, Set<String> deleted) {
        if (!loaded) {
            throw new StoreUnavailableException(
                    "the stored listeners have not been read yet: "
                            + troubles.text().orElse("try again in a moment"),
                    null);
        }
        List<Row> rows = saved.stream().map(Row::of).toList();
        try {
            attempt(() -> transaction.executeWithoutResult(status -> {
                countWrite();
                template.batchUpdate(SAVE, rows, Math.max(1, rows.size()), (statement, row) -> {
                    statement.setString(1, row.name());
                    statement.setLong(2, row.version());
                    statement.setString(3, row.definition());
                    statement.setString(4, row.checksum());
                });
                template.batchUpdate(
                        DELETE,
                        deleted,
                        Math.max(1, deleted.size()),
                        (statement, name) -> statement.setString(1, name));
            }));
        } catch (DataAccessException | TransactionException ex) {
            throw refusal(ex);
        }
        troubles.end(Kind.AWAY);
        database.written();
    }

    /** A second time if the database could make room for it. */
    private void attempt(Runnable write) {
        try {
            write.run();
        } catch (DataAccessException | TransactionException ex) {
            SQLException cause = sqlCause(ex);
            if (cause == null || !database.relieve(cause, pool)) {
                throw ex;
            }
            log.info("Store: trying again after {}", cause.getMessage());
            write.run();
        }
    }

    /** Refuses if another process has had the database, and ended, while the connection was lost. */
    private void countWrite() {
        if (template.update(COUNT_WRITE, epoch) == 0) {
            throw new StoreUnavailableException(
                    "another Canyon has used " + database
                            + " meanwhile: restart this one, so that it knows the changes",
                    null);
        }
    }

    private StoreUnavailableException refusal(Exception failure) {
        String message = explain(failure);
        troubles.begin(Kind.AWAY, message);
        return new StoreUnavailableException(message, failure);
    }

    private String explain(Exception failure) {
        SQLException cause = sqlCause(failure);
        return cause == null ? database + ": " + failure.getMessage() : database.explain(cause);
    }

    private static @Nullable SQLException sqlCause(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    /** Looks after the database, and whether a trouble is over. */
    private void look() {
        try {
            if (troubles.has(Kind.AWAY)) {
                transaction.executeWithoutResult(status -> template.update(TRY_TO_WRITE));
                troubles.end(Kind.AWAY);
            }
            database.maintain(pool);
        } catch (SQLException | DataAccessException | TransactionException ex) {
            troubles.begin(Kind.AWAY, explain(ex));
        } catch (RuntimeException ex) {
            log.error("Store: could not be looked after", ex);
        }
    }

    @Override
    public Optional<String> trouble() {
        return troubles.text();
    }

    @Override
    public void close() {
        // Not interrupted: that would close the file under the copy that is being made.
        keeper.shutdown();
        try {
            if (keeper.awaitTermination(5, TimeUnit.SECONDS) && loaded) {
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
