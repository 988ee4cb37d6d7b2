package dev.canyon.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * SQLite's write-ahead log (sqlite.org/fileformat2.html, section 4). SQLite verifies the checksum of each frame and silently
 * ends the log at the first one that is wrong. That is correct for an interrupted write, which was never acknowledged, but it
 * also drops committed transactions behind a damaged frame.
 */
final class WriteAheadLog {

    private static final int HEADER = 32;
    private static final int HEADER_SALT = 16;
    private static final int FRAME_HEADER = 24;
    /** The size of the database after the transaction in a frame that commits one, else 0. */
    private static final int FRAME_COMMIT = 4;

    private static final int FRAME_SALT = 8;

    private WriteAheadLog() {}

    /**
     * Whether SQLite ignores transactions that were committed to the log. Changes nothing.
     *
     * @param connection may be read-only
     * @throws SQLException if the database cannot be read
     */
    static boolean isDamaged(Path database, Connection connection) throws IOException, SQLException {
        Path file = database.resolveSibling(database.getFileName() + "-wal");
        if (Files.notExists(file)) {
            return false;
        }
        ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(file));
        return lastCommit(log, number(connection, "PRAGMA page_size", 1))
                > number(connection, "PRAGMA wal_checkpoint(NOOP)", 2);
    }

    /** The number of the last frame that commits a transaction, from 1; 0 if there is none. */
    private static int lastCommit(ByteBuffer log, int pageSize) {
        int last = 0;
        int frameSize = FRAME_HEADER + pageSize;
        for (int number = 1; HEADER + number * frameSize <= log.capacity(); number++) {
            int frame = HEADER + (number - 1) * frameSize;
            if (isCurrent(log, frame) && log.getInt(frame + FRAME_COMMIT) != 0) {
                last = number;
            }
        }
        return last;
    }

    /**
     * Whether a frame belongs to the present use of the file. Both halves of the salt change with each use, so a frame of an
     * earlier use agrees in neither; a frame that agrees in one of them is damaged in the other.
     */
    private static boolean isCurrent(ByteBuffer log, int frame) {
        return log.getInt(frame + FRAME_SALT) == log.getInt(HEADER_SALT)
                || log.getInt(frame + FRAME_SALT + Integer.BYTES) == log.getInt(HEADER_SALT + Integer.BYTES);
    }

    private static int number(Connection connection, String pragma, int column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(pragma)) {
            return row.next() ? row.getInt(column) : 0;
        }
    }
}
