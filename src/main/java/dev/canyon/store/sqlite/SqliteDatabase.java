package dev.canyon.store.sqlite;

import com.zaxxer.hikari.HikariDataSource;
import dev.canyon.store.database.Database;
import dev.canyon.store.database.StoreStatus;
import dev.canyon.store.database.StoreStatus.Kind;
import dev.canyon.store.database.StoreUnusableException;
import dev.canyon.store.row.DamagedRowException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A SQLite file in the data directory. A write is on disk when it returns (write-ahead log, {@code synchronous=FULL}). In case
 * the file is damaged, a verified copy is made beside it, at most every ten seconds after a change and at shutdown.
 */
public final class SqliteDatabase implements Database {

    /** Number of pages (4 KiB each) after which the log is checkpointed, so that it does not fill a small disk. */
    private static final int CHECKPOINT_PAGES = 100;

    /**
     * Size of the log that is kept after a checkpoint: the pages above with their headers, and the commit that passes them.
     * Overwriting it is half as expensive as extending an empty file for each commit.
     */
    private static final int KEPT_LOG_BYTES = 512 * 1024;

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration COPY_INTERVAL = Duration.ofSeconds(10);

    private final DirectoryLock lock;
    private final SqliteFile file;
    private final FileIdentity opened;
    private final StoreStatus status;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private long copiedAt = System.nanoTime() - COPY_INTERVAL.toNanos();

    private SqliteDatabase(DirectoryLock lock, SqliteFile file, FileIdentity opened, StoreStatus status) {
        this.lock = lock;
        this.file = file;
        this.opened = opened;
        this.status = status;
    }

    /**
     * Locks the directory for this process and prepares the file in it: creates it, verifies it or, if it is damaged, replaces it
     * with its last good copy.
     *
     * @throws dev.canyon.store.database.StoreUnusableException if there is no usable file
     */
    public static SqliteDatabase open(Path directory, StoreStatus status) {
        Path absolute = directory.toAbsolutePath().normalize();
        DirectoryLock lock = DirectoryLock.acquire(absolute);
        try {
            SqliteFile file = new SqliteFile(absolute);
            file.prepare().ifPresent(message -> status.report(Kind.RESTORED, message));
            return new SqliteDatabase(lock, file, FileIdentity.of(file.path()), status);
        } catch (IOException ex) {
            lock.close();
            throw new StoreUnusableException(
                    "The database in " + absolute + " cannot be read: " + ex + ".",
                    "Check that no other program moves or deletes the files in that directory.",
                    ex);
        } catch (RuntimeException ex) {
            lock.close();
            throw ex;
        }
    }

    static SQLiteDataSource dataSource(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setPragma(Pragma.WAL_AUTOCHECKPOINT, String.valueOf(CHECKPOINT_PAGES));
        config.setJournalSizeLimit(KEPT_LOG_BYTES);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    @Override
    public void configure(HikariDataSource pool) {
        pool.setDataSource(dataSource(file.path()));
        // Waiting for a local file means waiting for other writers, not for an unreachable database.
        pool.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
    }

    @Override
    public void migrate() {
        // Done by open(), so that an unusable schema makes startup fail early.
    }

    /** On a full disk, truncating the log may free enough space. */
    @Override
    public boolean freeSpace(SQLException failure, DataSource pool) {
        if (codeOf(failure) != SQLiteErrorCode.SQLITE_FULL) {
            return false;
        }
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            return true;
        } catch (SQLException ex) {
            return false;
        }
    }

    @Override
    public Optional<String> lost() {
        return opened.isPresent()
                ? Optional.empty()
                : Optional.of(file
                        + " was deleted, moved or replaced while Canyon was using it, so changes would be lost: move it"
                        + " back, or export /api/v1/configuration and restart Canyon");
    }

    private static SQLiteErrorCode codeOf(SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)) {
            return SQLiteErrorCode.UNKNOWN_ERROR;
        }
        // An extended code has the plain one in its lowest byte (sqlite.org/rescode.html).
        return SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff);
    }

    @Override
    public String explain(SQLException failure) {
        return switch (codeOf(failure)) {
            case SQLITE_FULL -> "the disk that holds " + file + " is full: free some space, then try again";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                file + " is damaged: restart Canyon, which then uses the last good copy";
            default ->
                file + " cannot be written (" + failure.getMessage()
                        + "): check that the disk is neither full nor read-only," + " then try again";
        };
    }

    @Override
    public boolean isInUse(SQLException failure) {
        return false;
    }

    @Override
    public void afterWrite() {
        changed.set(true);
    }

    @Override
    public void maintain(DataSource pool) {
        if (System.nanoTime() - copiedAt >= COPY_INTERVAL.toNanos()) {
            copyIfChanged(pool);
        }
    }

    private void copyIfChanged(DataSource pool) {
        if (!changed.getAndSet(false)) {
            return;
        }
        copiedAt = System.nanoTime();
        try {
            file.copy(pool);
            status.clear(Kind.COPY);
        } catch (SQLException | IOException | DamagedRowException | FlywayException ex) {
            changed.set(true);
            status.report(Kind.COPY, "the last good copy of " + file + " could not be updated: " + ex.getMessage());
        }
    }

    @Override
    public void beforeClose(DataSource pool) {
        copyIfChanged(pool);
    }

    @Override
    public void close() {
        lock.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
