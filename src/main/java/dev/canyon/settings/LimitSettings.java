package dev.canyon.settings;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of one process.
 *
 * @param maxListeners maximum number of listeners created through the API, not counting declared ones; 0 means no limit
 * @param messageBytes 1 to 16777216: maximum length of a test message, and of the messages of a run
 * @param runs 1 to 100: maximum number of concurrent runs
 * @param runDuration 1 ms to 24 h: maximum duration of a run
 * @param runRate 1 to 100000000: maximum rate of a run in messages per second
 * @param runConnections 1 to 100000: maximum number of connections or UDP flows of a run
 * @param runHistory 1 to 10000: number of finished runs that are kept; the oldest are deleted
 * @param ports ports and port ranges on which listeners may be opened
 * @param bindAddresses addresses and address ranges (CIDR) on which listeners may be opened; 0.0.0.0 and :: match literally
 * @param waitingBytes 1 or more: maximum number of bytes that wait in memory: replies that clients do not read, what faults hold
 *     back, and captured messages. Left out, an eighth of the memory that the process may use, and at most half of the JVM's
 *     direct memory
 * @param requestsPerSecond maximum request rate per key, or per source without a key; 0 means no limit. Not applied if the API
 *     is open on loopback
 */
public record LimitSettings(
        @DefaultValue("10000") int maxListeners,
        @DefaultValue("65536") int messageBytes,
        @DefaultValue("2") int runs,
        @DefaultValue("10m") Duration runDuration,
        @DefaultValue("1000000") int runRate,
        @DefaultValue("1000") int runConnections,
        @DefaultValue("100") int runHistory,
        @DefaultValue("1-65535") List<String> ports,

        @DefaultValue({"0.0.0.0/0", "::/0"}) List<String> bindAddresses,
        @Nullable Long waitingBytes,
        @DefaultValue("2000") int requestsPerSecond) {

    public static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
    static final int MAX_RUNS = 100;
    public static final long MAX_RUN_DURATION_MS = 24 * 60 * 60 * 1000L;
    public static final int MAX_RUN_RATE = 100_000_000;
    public static final int MAX_RUN_CONNECTIONS = 100_000;
    static final int MAX_RUN_HISTORY = 10_000;
    static final int MAX_REQUESTS_PER_SECOND = 1_000_000;

    public LimitSettings {
        requireWithin("message-bytes", messageBytes, MAX_MESSAGE_BYTES);
        if (maxListeners < 0) {
            throw new IllegalArgumentException(
                    "canyon.limits.max-listeners: " + maxListeners + " (expected: 0 or more; 0 means no limit)");
        }
        requireWithin("runs", runs, MAX_RUNS);
        if (runDuration.compareTo(Duration.ofMillis(1)) < 0
                || runDuration.compareTo(Duration.ofMillis(MAX_RUN_DURATION_MS)) > 0) {
            throw new IllegalArgumentException(
                    "canyon.limits.run-duration: " + runDuration + " (expected: 1 ms to 24 hours, for example 10m)");
        }
        requireWithin("run-rate", runRate, MAX_RUN_RATE);
        requireWithin("run-connections", runConnections, MAX_RUN_CONNECTIONS);
        requireWithin("run-history", runHistory, MAX_RUN_HISTORY);
        if (waitingBytes != null && waitingBytes < 1) {
            throw new IllegalArgumentException("canyon.limits.waiting-bytes: " + waitingBytes
                    + " (expected: 1 or more; leave it out for an eighth of the memory)");
        }
        if (requestsPerSecond < 0 || requestsPerSecond > MAX_REQUESTS_PER_SECOND) {
            throw new IllegalArgumentException("canyon.limits.requests-per-second: " + requestsPerSecond
                    + " (expected: 0 to " + MAX_REQUESTS_PER_SECOND + "; 0 means no limit)");
        }
    }

    private static void requireWithin(String limit, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(
                    "canyon.limits." + limit + ": " + value + " (expected: 1 to " + max + ")");
        }
    }
}
