package dev.canyon.security.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The append-only file {@code audit.jsonl}, readable by its owner only. When it is full it is renamed to {@code audit.jsonl.1},
 * {@code .1} to {@code .2} and so on, and the oldest file is deleted. After a failure it is reopened for the next line. Not
 * thread-safe.
 */
final class AuditFile implements AutoCloseable {

    private static final String NAME = "audit.jsonl";

    private final Path directory;
    private final Path path;
    private final long maxBytes;
    private final int files;
    private @Nullable FileOutputStream out;
    /** Identifies the open file even if it has been renamed. */
    private @Nullable Object key;
    /** The last line is incomplete because a disk was full or a process ended; the next line must not continue it. */
    private boolean endsMidLine;

    /**
     * @param directory created if missing
     * @param maxBytes maximum size of a file in bytes
     * @param files maximum number of files, including the current one
     */
    AuditFile(Path directory, long maxBytes, int files) {
        this.directory = directory;
        this.path = directory.resolve(NAME);
        this.maxBytes = maxBytes;
        this.files = files;
    }

    /**
     * Opens or creates the file, unless it is open and has not been moved away.
     *
     * @return its size in bytes
     */
    long open() throws IOException {
        if (out != null && Files.exists(path)) {
            BasicFileAttributes present = attributes(path);
            if (Objects.equals(key, present.fileKey())) {
                return present.size();
            }
        }
        close();
        Files.createDirectories(directory);
        if (!Files.exists(path)) {
            Files.createFile(path, ownerOnly(directory));
        }
        endsMidLine = endsMidLine(path);
        out = new FileOutputStream(path.toFile(), true);
        BasicFileAttributes opened = attributes(path);
        key = opened.fileKey();
        return opened.size();
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) throws IOException {
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-------");
        return Files.getFileStore(directory).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean endsMidLine(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() == 0) {
                return false;
            }
            file.seek(file.length() - 1);
            return file.read() != '\n';
        }
    }

    /**
     * Appends a line in a single write, so that readers never see part of it.
     *
     * @param line without the line terminator
     * @throws IOException if the line was not written completely
     */
    void append(byte[] line) throws IOException {
        try {
            long size = open();
            if (size > 0 && size + line.length + 1 > maxBytes) {
                rotate();
                size = open();
            }
            writeAllOrNothing(line, size);
        } catch (IOException ex) {
            close();
            throw ex;
        }
    }

    private void writeAllOrNothing(byte[] line, long sizeBefore) throws IOException {
        try {
            write(line);
        } catch (IOException ex) {
            // A full disk may have taken part of the line.
            if (out != null) {
                out.getChannel().truncate(sizeBefore);
            }
            throw ex;
        }
    }

    private void write(byte[] line) throws IOException {
        int start = endsMidLine ? 1 : 0;
        byte[] whole = new byte[start + line.length + 1];
        whole[0] = '\n';
        System.arraycopy(line, 0, whole, start, line.length);
        whole[whole.length - 1] = '\n';
        if (out != null) {
            out.write(whole);
            endsMidLine = false;
        }
    }

    private void rotate() throws IOException {
        close();
        for (int age = files - 1; age > 0; age--) {
            if (Files.exists(rotated(age - 1))) {
                Files.move(rotated(age - 1), rotated(age), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(path);
    }

    private Path rotated(int age) {
        return age == 0 ? path : directory.resolve(NAME + "." + age);
    }

    @Override
    public void close() {
        FileOutputStream open = out;
        out = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException ex) {
                // Lines are written unbuffered, so nothing is lost.
            }
        }
    }
}
