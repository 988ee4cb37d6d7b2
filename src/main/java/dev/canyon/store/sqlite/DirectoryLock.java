package dev.canyon.store.sqlite;

import dev.canyon.store.database.StoreUnusableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** An exclusive lock on a directory. The kernel releases it when the process ends. */
final class DirectoryLock implements AutoCloseable {

    private final FileChannel file;

    private DirectoryLock(FileChannel file) {
        this.file = file;
    }

    /** @throws StoreUnusableException if another process holds the lock or the directory is not writable */
    static DirectoryLock acquire(Path directory) {
        Path path = directory.resolve("canyon.lock");
        try {
            Files.createDirectories(directory);
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(file) == null) {
                String holder = Files.readString(path).strip();
                file.close();
                throw new StoreUnusableException(
                        "Another Canyon process (" + holder + ") is using the data directory " + directory + ".",
                        "Stop that process, or set canyon.data-dir to another directory.",
                        null);
            }
            file.truncate(0);
            file.write(ByteBuffer.wrap(
                    String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            return new DirectoryLock(file);
        } catch (IOException ex) {
            throw new StoreUnusableException(
                    "The data directory " + directory + " cannot be written: " + ex + ".",
                    "Make it writable for the user that runs Canyon, check that the disk is neither full nor read-only, or"
                            + " set canyon.data-dir to another directory.",
                    ex);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException ex) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
