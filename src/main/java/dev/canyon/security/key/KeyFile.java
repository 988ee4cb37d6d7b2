package dev.canyon.security.key;

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

/** The file in the data directory that holds the hash of the generated admin key, readable by its owner only. */
public final class KeyFile {

    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);
    private static final String NAME = "admin-key";
    private static final int KEY_BYTES = 32;
    private static final int MAX_FILE_BYTES = 1024;

    private final Path file;

    public KeyFile(Path directory) {
        this.file = directory.resolve(NAME);
    }

    public Path path() {
        return file;
    }

    /**
     * Reads the hash; generates a key if there is none yet.
     *
     * @param created receives the new key after its hash is stored; the key cannot be retrieved later
     * @throws KeyFileUnusableException if the file cannot be read or written, or holds something else
     */
    public KeyHash readOrCreate(Consumer<String> created) {
        try {
            return Files.exists(file) ? read() : create(created);
        } catch (IOException ex) {
            throw new KeyFileUnusableException(
                    "The admin key file " + file + " cannot be read or written: " + ex + ".",
                    "Make it and its directory readable and writable for the user that runs Canyon, or set"
                            + " canyon.security.admin-key.",
                    ex);
        }
    }

    private KeyHash read() throws IOException {
        log.info("The API requires the key that was printed at the first startup; its hash is in {}", file);
        String text = Files.size(file) > MAX_FILE_BYTES
                ? ""
                : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
        return KeyHash.parse(text)
                .orElseThrow(() -> new KeyFileUnusableException(
                        "The admin key file " + file + " does not contain the hash of a key.",
                        "Restore it from a backup, delete it to generate a new key at the next startup, or set"
                                + " canyon.security.admin-key.",
                        null));
    }

    private KeyHash create(Consumer<String> created) throws IOException {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String key = "canyon_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        KeyHash hash = KeyHash.of(key);
        store(hash);
        created.accept(key);
        return hash;
    }

    /** Writes the file atomically: a crash must not leave one that no key matches. */
    private void store(KeyHash hash) throws IOException {
        Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = Files.createTempFile(directory, NAME, ".new", ownerOnly(directory));
        try {
            try (FileChannel bytes = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                bytes.write(ByteBuffer.wrap((hash + "\n").getBytes(StandardCharsets.US_ASCII)));
                bytes.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        forceDirectory(directory);
    }

    /** Not all platforms can open a directory. There, a power failure may lose the file and a new key is generated. */
    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException ex) {
            log.debug("{} could not be forced to the disk", directory, ex);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)} : new FileAttribute<?>[0];
    }
}
