package dev.canyon.security.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The SHA-256 hash of a key, by which the key is recognized. Decision 14 explains why a slower hash is not needed. */
public final class KeyHash {

    private static final String PREFIX = "sha256:";
    private static final int BYTES = 32;

    private final byte[] digest;

    private KeyHash(byte[] digest) {
        this.digest = digest;
    }

    static KeyHash of(String key) {
        try {
            return new KeyHash(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    /** Parses the format of {@link #toString}; empty if malformed. */
    static Optional<KeyHash> parse(String text) {
        if (!text.matches(PREFIX + "[0-9a-f]{" + 2 * BYTES + "}")) {
            return Optional.empty();
        }
        return Optional.of(new KeyHash(HexFormat.of().parseHex(text.substring(PREFIX.length()))));
    }

    /** Compares in constant time. */
    boolean matches(KeyHash other) {
        return MessageDigest.isEqual(digest, other.digest);
    }

    @Override
    public String toString() {
        return PREFIX + HexFormat.of().formatHex(digest);
    }
}
