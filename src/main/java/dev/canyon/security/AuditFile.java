package dev.canyon.security;

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
 * {@code audit.jsonl}: lines that are only ever added, for its owner's eyes. When it is full it becomes {@code
 * audit.jsonl.1}, what was that becomes {@code .2}, and so on; the oldest goes. After a failure it is opened anew, so that it
 * heals by itself.
 */
final class AuditFile implements AutoCloseable {

    private static final String NAME = "audit.jsonl";

    private final Path directory;
    private final Path path;
    private final long maxBytes;
    private final int files;
    private @Nullable FileOutputStream out;
    /** The file that is open, whatever its name is by now. */
    private @Nullable Object key;
    /** The last line was cut, by a full disk or the end of a process: the next one must not continue it. */
    private boolean endsWithinLine;

    /**
     * @param directory made if it is not there
     * @param maxBytes it is full before it would be longer
     * @param files how many there are at most, this one included
     */
    AuditFile(Path directory, long maxBytes, int files) {
        this.directory = directory;
        this.path = directory.resolve(NAME);
        this.maxBytes = maxBytes;
        this.files = files;
    }

    /** Does nothing if it is open, and nobody has moved it away. @throws IOException if it cannot be, or not be made */
    void open() throws IOException {
        if (out != null && Files.exists(path) && Objects.equals(key, key(path))) {
            return;
        }
        close();
        Files.createDirectories(directory);
        if (!Files.exists(path)) {
            Files.createFile(path, forItsOwnerOnly(directory));
        }
        endsWithinLine = endsWithinLine(path);
        out = new FileOutputStream(path.toFile(), true);
        key = key(path);
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    private static FileAttribute<?>[] forItsOwnerOnly(Path directory) throws IOException {
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rw-------");
        return Files.getFileStore(directory).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(ownerOnly)}
                : new FileAttribute<?>[0];
    }

    private static boolean endsWithinLine(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() == 0) {
                return false;
            }
            file.seek(file.length() - 1);
            return file.read() != '\n';
        }
    }

    /**
     * Adds a line with one write, so that readers never see half of it.
     *
     * @param line without its end
     * @throws IOException if it is not in the file, or not whole
     */
    void append(byte[] line) throws IOException {
        try {
            open();
            long size = Files.size(path);
            if (size > 0 && size + line.length + 1 > maxBytes) {
                makeRoom();
                open();
            }
            writeWholeOrNothing(line);
        } catch (IOException ex) {
            close();
            throw ex;
        }
    }

    private void writeWholeOrNothing(byte[] line) throws IOException {
        long whole = Files.size(path);
        try {
            write(line);
        } catch (IOException ex) {
            // What a full disk still took of it would be half a record for ever.
            if (out != null) {
                out.getChannel().truncate(whole);
            }
            throw ex;
        }
    }

    private void write(byte[] line) throws IOException {
        int start = endsWithinLine ? 1 : 0;
        byte[] whole = new byte[start + line.length + 1];
        whole[0] = '\n';
        System.arraycopy(line, 0, whole, start, line.length);
        whole[whole.length - 1] = '\n';
        if (out != null) {
            out.write(whole);
            endsWithinLine = false;
        }
    }

    private void makeRoom() throws IOException {
        close();
        for (int age = files - 1; age > 0; age--) {
            if (Files.exists(aged(age - 1))) {
                Files.move(aged(age - 1), aged(age), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(path);
    }

    private Path aged(int age) {
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
                // Each line was written as it came: nothing is left to lose.
            }
        }
    }
}
