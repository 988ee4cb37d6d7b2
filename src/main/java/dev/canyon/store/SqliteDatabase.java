package dev.canyon.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.canyon.store.Troubles.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A SQLite file in the data directory. A write is on disk when it returns (write-ahead log, {@code synchronous=FULL}).
 * Beside the file stands its last good copy, made at most every ten seconds after a change and at the end, in case the file
 * is damaged.
 */
final class SqliteDatabase implements Database {

    /** Pages (4 KiB each) after which the log is written back to the file: a small disk must not fill up with it. */
    private static final int CHECKPOINT_PAGES = 100;

    private static final Duration LONGEST_QUEUE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_COPIES = Duration.ofSeconds(10);

    private final DirectoryLock lock;
    private final SqliteFile file;
    private final Troubles troubles;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private long copiedAt = System.nanoTime() - BETWEEN_COPIES.toNanos();

    private SqliteDatabase(DirectoryLock lock, SqliteFile file, Troubles troubles) {
        this.lock = lock;
        this.file = file;
        this.troubles = troubles;
    }

    /**
     * Takes the directory for this process alone and makes sure that the file in it is whole: new, as it was left, or, if it
     * is damaged, its last good copy.
     *
     * @throws StoreUnusableException if that cannot be had
     */
    static SqliteDatabase open(Path directory, Troubles troubles) {
        Path absolute = directory.toAbsolutePath().normalize();
        DirectoryLock lock = DirectoryLock.take(absolute);
        try {
            SqliteFile file = new SqliteFile(absolute);
            file.makeReady().ifPresent(what -> troubles.begin(Kind.RESTORED, what));
            return new SqliteDatabase(lock, file, troubles);
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
        config.setJournalSizeLimit(0);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    @Override
    public void configure(HikariDataSource pool) {
        pool.setDataSource(dataSource(file.path()));
        // A local file gets on, so that waiting is for the writers before, not for trouble.
        pool.setConnectionTimeout(LONGEST_QUEUE.toMillis());
    }

    @Override
    public void migrate() {
        // Done when the file was made ready: a schema that cannot be used ends the start early.
    }

    /** On a full disk the log may be what fills it. */
    @Override
    public boolean relieve(SQLException failure, DataSource pool) {
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
            case SQLITE_FULL -> "the disk that holds " + file + " is full: make room, then try again";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                file + " is damaged: restart Canyon, which then begins with the last good copy";
            default ->
                file + " cannot be written (" + failure.getMessage() + "): see that the disk is neither full nor"
                        + " read-only, then try again";
        };
    }

    @Override
    public boolean isTaken(SQLException failure) {
        return false;
    }

    @Override
    public void written() {
        changed.set(true);
    }

    @Override
    public void maintain(DataSource pool) {
        if (System.nanoTime() - copiedAt >= BETWEEN_COPIES.toNanos()) {
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
            troubles.end(Kind.COPY);
        } catch (SQLException | IOException | DamagedRowException ex) {
            changed.set(true);
            troubles.begin(Kind.COPY, "the last good copy of " + file + " could not be renewed: " + ex.getMessage());
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
