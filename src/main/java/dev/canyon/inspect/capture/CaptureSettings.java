package dev.canyon.inspect.capture;

import java.time.Duration;

/**
 * Settings of a capture. Once it is full, the oldest message is evicted.
 *
 * @param enabled whether messages are captured; if not, messages held are kept until they expire
 * @param maxMessages 1 to 100,000
 * @param maxBytesPerMessage 0 to 65,536; longer messages are truncated
 * @param ttl time after which a message expires, 1 second to 24 hours
 */
public record CaptureSettings(boolean enabled, int maxMessages, int maxBytesPerMessage, Duration ttl) {

    public static final int MAX_MESSAGES = 100_000;
    public static final int DEFAULT_MESSAGES = 1_000;
    public static final int MAX_BYTES_PER_MESSAGE = 65_536;
    public static final int DEFAULT_BYTES_PER_MESSAGE = 4_096;
    public static final long MIN_TTL_MS = 1_000;
    public static final long MAX_TTL_MS = 86_400_000;
    public static final long DEFAULT_TTL_MS = 900_000;

    /** The settings without a capture. */
    static final CaptureSettings OFF =
            new CaptureSettings(false, DEFAULT_MESSAGES, DEFAULT_BYTES_PER_MESSAGE, Duration.ofMillis(DEFAULT_TTL_MS));

    public CaptureSettings {
        require("maxMessages", maxMessages, 1, MAX_MESSAGES);
        require("maxBytesPerMessage", maxBytesPerMessage, 0, MAX_BYTES_PER_MESSAGE);
        require("ttl in ms", ttl.toMillis(), MIN_TTL_MS, MAX_TTL_MS);
    }

    private static void require(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
