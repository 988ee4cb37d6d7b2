package dev.canyon.store;

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
 * The file, its last good copy, and what becomes of them when the file is damaged.
 *
 * <p>Not for use from several threads at once.
 */
final class SqliteFile {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    /** Beside the file: SQLite's log, and the index of the log. */
    private static final List<String> COMPANIONS = List.of("-wal", "-shm");

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
     * Sees to it that there is a whole file with the schema of today.
     *
     * @return what people should know of how that was done
     * @throws StoreUnusableException if neither the file nor its copy can be used
     */
    Optional<String> makeReady() {
        try {
            if (Files.notExists(file) && Files.notExists(copy)) {
                create();
                return Optional.empty();
            }
            requireReadable(file);
            boolean logDamaged = WriteAheadLog.of(file).isDamaged();
            Optional<String> damage = damage(file).or(this::loss);
            if (damage.isPresent()) {
                return Optional.of(restore(damage.get()));
            }
            Optional<String> kept = logDamaged ? Optional.of(keepLog()) : Optional.empty();
            schema.migrate(SqliteDatabase.dataSource(file));
            return kept;
        } catch (IOException | FlywayException ex) {
            throw new StoreUnusableException(
                    file + " cannot be used: " + firstLine(rootOf(ex)) + ".",
                    "See that the disk is neither full nor read-only, and that Canyon may write there.",
                    ex);
        }
    }

    /** A file that may not be read is not damaged, and must not give way to an older copy. */
    private static void requireReadable(Path file) throws IOException {
        if (Files.isRegularFile(file) && !Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString());
        }
    }

    /** SQLite takes of it what it can and throws the rest away. */
    private String keepLog() throws IOException {
        Path log = sibling(file, "-wal");
        Path aside = sibling(log, ".damaged-" + STAMP.format(Instant.now()));
        Files.copy(log, aside);
        return "the log of " + file + " was damaged: what was changed last may be missing. It was kept as "
                + aside.getFileName();
    }

    /** What is gone from a whole file: it may be as it was before its log, which holds the last changes, was lost. */
    private Optional<String> loss() {
        boolean copyHasMore = Files.exists(copy) && writes(copy) > writes(file);
        return copyHasMore && damage(copy).isEmpty()
                ? Optional.of("it lacks changes that the copy has")
                : Optional.empty();
    }

    /** How often it was written; 0 if that cannot be told. */
    private static long writes(Path database) {
        try (Connection connection = readOnly(database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT writes FROM ledger WHERE id = 1")) {
            return row.next() ? row.getLong(1) : 0;
        } catch (SQLException ex) {
            return 0;
        }
    }

    /** Under another name first, so that a file that is there and empty is always a damaged one. */
    private void create() throws IOException {
        Path fresh = file.resolveSibling("canyon.db.new");
        delete(fresh);
        schema.migrate(SqliteDatabase.dataSource(fresh));
        // The log of a file that somebody took away would be replayed into the new one.
        for (String companion : COMPANIONS) {
            Files.deleteIfExists(sibling(file, companion));
        }
        moveDurably(fresh, file);
    }

    private String restore(String damage) throws IOException {
        Optional<String> copyDamage = damage(copy);
        if (copyDamage.isPresent()) {
            throw new StoreUnusableException(
                    file + " is damaged (" + damage + "), and its last good copy cannot be used either ("
                            + copyDamage.get() + "). Nothing has been changed.",
                    "Put a backup of canyon.db in its place. To begin with no listeners instead, move all files away from "
                            + file.getParent() + ".",
                    null);
        }
        Path aside = file.resolveSibling("canyon.db.damaged-" + STAMP.format(Instant.now()));
        moveIfThere(file, aside);
        for (String companion : COMPANIONS) {
            moveIfThere(sibling(file, companion), sibling(aside, companion));
        }
        Path fresh = file.resolveSibling("canyon.db.new");
        delete(fresh);
        Files.copy(copy, fresh);
        schema.migrate(SqliteDatabase.dataSource(fresh));
        moveDurably(fresh, file);
        return file + " could not be used (" + damage + "), so Canyon began with its last good copy, of "
                + Files.getLastModifiedTime(copy).toInstant() + "; changes made after that are missing"
                + (Files.exists(aside) ? ". The file was kept as " + aside.getFileName() : "");
    }

    /**
     * What is wrong with a database, judged without changing it: its structure, and the row of every listener. Not those of
     * runs: the copy may lack the last change of a listener, and no run is worth that.
     */
    private Optional<String> damage(Path database) {
        if (Files.notExists(database)) {
            return Optional.of("there is no " + database.getFileName());
        }
        try {
            if (Files.size(database) == 0) {
                return Optional.of("it is empty");
            }
            SQLiteDataSource readOnly = readOnly(database);
            check(readOnly);
            schema.requireUsable(readOnly);
            return Optional.empty();
        } catch (StoreUnusableException ex) {
            throw ex;
        } catch (SQLException | IOException | RuntimeException ex) {
            // Whatever a flipped byte may lead to: Flyway itself fails on tables that it cannot make sense of.
            return Optional.of(firstLine(ex.getMessage()));
        }
    }

    /** What is wrong itself; Flyway wraps it in many words. */
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

    private static void check(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("PRAGMA integrity_check(1)")) {
                if (!found.next() || !"ok".equals(found.getString(1))) {
                    throw new DamagedRowException("its structure is broken: " + found.getString(1), null);
                }
            }
            try (ResultSet ledger = statement.executeQuery("SELECT epoch, writes FROM ledger WHERE id = 1")) {
                if (!ledger.next() || ledger.getLong("epoch") < 0 || ledger.getLong("writes") < 0) {
                    throw new DamagedRowException("its number of writes is gone", null);
                }
            }
            try (ResultSet rows = statement.executeQuery(ListenerRow.SELECT)) {
                while (rows.next()) {
                    ListenerRow.read(rows).toValue();
                }
            }
        }
    }

    /**
     * Makes the last good copy anew, after looking whether it is good.
     *
     * @throws SQLException if the database cannot be read, or the disk is full; the copy before stays
     * @throws DamagedRowException if the database has been damaged since it was opened; the copy before stays
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
        for (String companion : COMPANIONS) {
            Files.deleteIfExists(sibling(database, companion));
        }
    }

    private static void moveIfThere(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to);
        }
    }

    /** The bytes first, then the name, then the directory that holds the name. */
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
