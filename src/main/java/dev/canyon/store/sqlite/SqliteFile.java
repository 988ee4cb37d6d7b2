package dev.canyon.store.sqlite;

import dev.canyon.store.database.Schema;
import dev.canyon.store.database.StoreUnusableException;
import dev.canyon.store.row.DamagedRowException;
import dev.canyon.store.row.ListenerRow;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

/**
 * The database file and its last good copy: creation, verification and recovery.
 *
 * <p>Not thread-safe.
 */
final class SqliteFile {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    /** Suffixes of SQLite's write-ahead log and its index. */
    private static final List<String> LOG_SUFFIXES = List.of("-wal", "-shm");

    private final Path file;
    private final Path copy;
    private final Schema schema;

    SqliteFile(Path directory) {
        this.file = directory.resolve("canyon.db");
        this.copy = directory.resolve("canyon.last-good.db");
        this.schema = new Schema(file.toString());
    }

    Path path() {
        return file;
    }

    /**
     * Ensures that there is an undamaged file with the current schema.
     *
     * @return what was lost or restored, for the operator; empty if nothing was
     * @throws StoreUnusableException if neither the file nor its copy is usable
     */
    Optional<String> prepare() {
        try {
            if (Files.notExists(file) && Files.notExists(copy)) {
                create();
                return Optional.empty();
            }
            requireReadable(file);
            boolean logDamaged = isLogDamaged();
            Optional<String> damage = damage(file).or(this::missingChanges);
            if (damage.isPresent()) {
                return Optional.of(restore(damage.get()));
            }
            Optional<String> lost = logDamaged ? Optional.of(preserveLog()) : Optional.empty();
            schema.migrate(SqliteDatabase.dataSource(file));
            return lost;
        } catch (IOException | FlywayException ex) {
            throw new StoreUnusableException(
                    file + " cannot be used: " + firstLine(rootOf(ex)) + ".",
                    "Check that the disk is neither full nor read-only and that Canyon has write permission.",
                    ex);
        }
    }

    /** A file without read permission is not damaged and must not be replaced by an older copy. */
    private static void requireReadable(Path file) throws IOException {
        if (Files.isRegularFile(file) && !Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString());
        }
    }

    private boolean isLogDamaged() throws IOException {
        if (Files.notExists(file)) {
            return false;
        }
        try (Connection connection = readOnly(file).getConnection()) {
            return WriteAheadLog.isDamaged(file, connection);
        } catch (SQLException ex) {
            // The database itself is damaged, which is found next.
            return false;
        }
    }

    /** SQLite uses the log up to the damage and discards the rest. */
    private String preserveLog() throws IOException {
        Path log = sibling(file, "-wal");
        Path aside = sibling(log, ".damaged-" + STAMP.format(Instant.now()));
        Files.copy(log, aside);
        return "the write-ahead log of " + file + " was damaged: the last changes may be missing. The log was saved as "
                + aside.getFileName();
    }

    /** Detects that the log, which holds the last changes, was lost: the file itself is valid, but older than its copy. */
    private Optional<String> missingChanges() {
        boolean copyHasMore = Files.exists(copy) && writes(copy) > writes(file);
        return copyHasMore && damage(copy).isEmpty()
                ? Optional.of("it is older than the last good copy")
                : Optional.empty();
    }

    /** The number of writes; 0 if unknown. */
    private static long writes(Path database) {
        try (Connection connection = readOnly(database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT writes FROM ledger WHERE id = 1")) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException ex) {
            return 0;
        }
    }

    /** Creates the file under another name first, so that an empty file always means damage. */
    private void create() throws IOException {
        Path fresh = file.resolveSibling("canyon.db.new");
        delete(fresh);
        schema.migrate(SqliteDatabase.dataSource(fresh));
        // SQLite would replay the log of a removed file into the new one.
        for (String suffix : LOG_SUFFIXES) {
            Files.deleteIfExists(sibling(file, suffix));
        }
        moveDurably(fresh, file);
    }

    private String restore(String damage) throws IOException {
        Optional<String> copyDamage = damage(copy);
        if (copyDamage.isPresent()) {
            throw new StoreUnusableException(
                    file + " is damaged (" + damage + "), and the last good copy is also unusable (" + copyDamage.get()
                            + "). Nothing has been changed.",
                    "Replace canyon.db with a backup. To start without listeners, remove all files from "
                            + file.getParent() + ".",
                    null);
        }
        Path aside = file.resolveSibling("canyon.db.damaged-" + STAMP.format(Instant.now()));
        moveIfPresent(file, aside);
        for (String suffix : LOG_SUFFIXES) {
            moveIfPresent(sibling(file, suffix), sibling(aside, suffix));
        }
        Path fresh = file.resolveSibling("canyon.db.new");
        delete(fresh);
        Files.copy(copy, fresh);
        schema.migrate(SqliteDatabase.dataSource(fresh));
        moveDurably(fresh, file);
        return file + " could not be used (" + damage + "), so Canyon started with its last good copy of "
                + Files.getLastModifiedTime(copy).toInstant() + "; later changes are missing"
                + (Files.exists(aside) ? ". The file was saved as " + aside.getFileName() : "");
    }

    /**
     * Verifies a database without changing it: its structure, its schema and the row of every listener. Damaged rows of runs do not
     * count, because falling back to the copy may lose the last change of a listener.
     *
     * @return a description of the damage, empty if there is none
     */
    private Optional<String> damage(Path database) {
        if (Files.notExists(database)) {
            return Optional.of(database.getFileName() + " does not exist");
        }
        try {
            if (Files.size(database) == 0) {
                return Optional.of("it is empty");
            }
            check(readOnly(database));
            return Optional.empty();
        } catch (StoreUnusableException ex) {
            throw ex;
        } catch (SQLException | IOException | RuntimeException ex) {
            // Corrupt data can cause any exception, also within Flyway.
            return Optional.of(firstLine(ex.getMessage()));
        }
    }

    /** The root cause, which Flyway wraps in long messages. */
    private static String rootOf(Exception failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .reduce(failure, (outer, inner) -> inner)
                .toString();
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("unreadable");
    }

    private static SQLiteDataSource readOnly(Path database) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setReadOnly(true);
        source.setUrl("jdbc:sqlite:" + database);
        return source;
    }

    private void check(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet result = statement.executeQuery("PRAGMA integrity_check(1)")) {
                if (!result.next() || !"ok".equals(result.getString(1))) {
                    throw new DamagedRowException("its structure is damaged: " + result.getString(1), null);
                }
            }
            try (ResultSet ledger = statement.executeQuery("SELECT epoch, writes FROM ledger WHERE id = 1")) {
                if (!ledger.next() || ledger.getLong("epoch") < 0 || ledger.getLong("writes") < 0) {
                    throw new DamagedRowException("its number of writes is missing", null);
                }
            }
            try (ResultSet rows = statement.executeQuery(ListenerRow.SELECT)) {
                while (rows.next()) {
                    ListenerRow.read(rows).toValue();
                }
            }
        }
        schema.requireUsable(database);
    }

    /**
     * Verifies a new copy, then replaces the last good copy with it. If this fails, the previous copy remains.
     *
     * @throws SQLException if the database cannot be read or the disk is full
     * @throws DamagedRowException if the database has been damaged since it was opened
     * @throws FlywayException if its history of migrations has been
     */
    void copy(DataSource pool) throws SQLException, IOException {
        Path fresh = copy.resolveSibling("canyon.last-good.db.new");
        delete(fresh);
        try {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("VACUUM INTO '" + fresh.toString().replace("'", "''") + "'");
            }
            check(readOnly(fresh));
            moveDurably(fresh, copy);
        } finally {
            delete(fresh);
        }
    }

    private static void delete(Path database) throws IOException {
        Files.deleteIfExists(database);
        for (String suffix : LOG_SUFFIXES) {
            Files.deleteIfExists(sibling(database, suffix));
        }
    }

    private static void moveIfPresent(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to);
        }
    }

    /** Forces the content to disk, renames the file, then forces the directory. */
    private static void moveDurably(Path from, Path to) throws IOException {
        try (FileChannel bytes = FileChannel.open(from, StandardOpenOption.WRITE)) {
            bytes.force(true);
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(to.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static Path sibling(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
