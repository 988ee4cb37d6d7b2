package dev.canyon.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * SQLite's write-ahead log (sqlite.org/fileformat2.html, section 4). SQLite ends it silently at the first frame that is
 * wrong, which is right for a write that was cut off, and hides a byte that was flipped later.
 */
final class WriteAheadLog {

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;
    private static final int BIG_ENDIAN_CHECKSUMS = 1;

    private final ByteBuffer log;

    private WriteAheadLog(ByteBuffer log) {
        this.log = log;
    }

    static WriteAheadLog of(Path database) throws IOException {
        Path file = database.resolveSibling(database.getFileName() + "-wal");
        return new WriteAheadLog(ByteBuffer.wrap(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]));
    }

    /** Whether it holds frames that belong to it and cannot be read. */
    boolean isDamaged() {
        if (log.capacity() < HEADER) {
            // Nothing, or cut off before the first change.
            return false;
        }
        int magic = log.getInt(0);
        if ((magic & ~BIG_ENDIAN_CHECKSUMS) != MAGIC) {
            return true;
        }
        ByteOrder order = (magic & BIG_ENDIAN_CHECKSUMS) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Checksum checksum = new Checksum(order);
        checksum.add(log, 0, 24);
        if (!checksum.is(log.getInt(24), log.getInt(28))) {
            return true;
        }
        int frame = FRAME_HEADER + log.getInt(8);
        for (int at = HEADER; at + frame <= log.capacity(); at += frame) {
            boolean ofThisLog = log.getLong(at + 8) == log.getLong(16);
            if (!ofThisLog) {
                // From here on it is what an earlier round of the log left behind.
                return false;
            }
            checksum.add(log, at, 8);
            checksum.add(log, at + FRAME_HEADER, frame - FRAME_HEADER);
            if (!checksum.is(log.getInt(at + 16), log.getInt(at + 20))) {
                return true;
            }
        }
        return false;
    }

    /** The running checksum of section 4.2. */
    private static final class Checksum {

        private final ByteOrder order;
        private int first;
        private int second;

        Checksum(ByteOrder order) {
            this.order = order;
        }

        void add(ByteBuffer bytes, int from, int length) {
            ByteBuffer words = bytes.duplicate().order(order);
            for (int at = from; at < from + length; at += 8) {
                first += words.getInt(at) + second;
                second += words.getInt(at + 4) + first;
            }
        }

        boolean is(int expectedFirst, int expectedSecond) {
            return first == expectedFirst && second == expectedSecond;
        }
    }
}
