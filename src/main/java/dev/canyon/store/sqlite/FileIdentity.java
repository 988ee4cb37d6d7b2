package dev.canyon.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes a file that was opened. A process can continue to write to a file that was deleted or replaced, but nobody can open
 * it again.
 *
 * @param key device and inode; null where the file system has none, in which case any file is taken for the same one
 */
record FileIdentity(Path path, @Nullable Object key) {

    /** @throws IOException if the file does not exist */
    static FileIdentity of(Path path) throws IOException {
        return new FileIdentity(path, keyOf(path));
    }

    /** Whether the path still leads to that file. */
    boolean isPresent() {
        try {
            return Objects.equals(keyOf(path), key);
        } catch (IOException ex) {
            return false;
        }
    }

    private static @Nullable Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
