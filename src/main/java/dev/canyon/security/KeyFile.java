package dev.canyon.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hash of the admin's key that Canyon made itself, in the data directory, for its owner only. */
final class KeyFile {

    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);
    private static final String NAME = "admin-key";
    private static final int KEY_BYTES = 32;
    private static final int MAX_FILE_BYTES = 1024;

    private final Path file;

    KeyFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    Path path() {
        return file;
    }

    /**
     * Reads the hash; at the first start makes a key.
     *
     * @param tell is told the new key, once it is kept; nobody can ask for it later
     * @throws KeyFileUnusableException if the file cannot be read or written, or holds something else
     */
    KeyHash readOrMake(Consumer<String> tell) {
        try {
            return Files.exists(file) ? read() : make(tell);
        } catch (IOException ex) {
            throw new KeyFileUnusableException(
                    "The file of the admin key, " + file + ", cannot be read or written: " + ex + ".",
                    "Make it and its directory readable and writable for the user that runs Canyon, or set"
                            + " canyon.security.admin-key.",
                    ex);
        }
    }

    private KeyHash read() throws IOException {
        log.info("The API needs a key: the key that was shown at the first start, whose hash is in {}", file);
        String text = Files.size(file) > MAX_FILE_BYTES
                ? ""
                : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
        return KeyHash.parse(text)
                .orElseThrow(() -> new KeyFileUnusableException(
                        "The file of the admin key, " + file + ", holds no hash of a key.",
                        "Put it back from a backup; or delete it, and the next start makes and shows a new key; or set"
                                + " canyon.security.admin-key.",
                        null));
    }

    private KeyHash make(Consumer<String> tell) throws IOException {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String key = "canyon_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        KeyHash hash = KeyHash.of(key);
        keep(hash);
        tell.accept(key);
        return hash;
    }

    /** The whole file or none: a crash must not leave one that nobody's key fits. */
    private void keep(KeyHash hash) throws IOException {
        Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = Files.createTempFile(directory, NAME, ".new", onlyForTheOwner(directory));
        try {
            try (FileChannel bytes = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                bytes.write(ByteBuffer.wrap((hash + "\n").getBytes(StandardCharsets.US_ASCII)));
                bytes.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        forceNames(directory);
    }

    /** Not every system opens a directory; what is lost then after a power cut is a key that has to be made anew. */
    private static void forceNames(Path directory) {
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException ex) {
            log.debug("{} could not be forced to the disk", directory, ex);
        }
    }

    private static FileAttribute<?>[] onlyForTheOwner(Path directory) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)} : new FileAttribute<?>[0];
    }
}
