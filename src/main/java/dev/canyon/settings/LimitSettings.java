package dev.canyon.settings;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What one process will take on.
 *
 * @param maxListeners listeners made over the API, at most; 0 means no limit. Declared ones do not count
 * @param messageBytes 1 to 16777216: the longest test message, and the longest message of a run
 * @param runs 1 to 100: measured runs at a time
 * @param runDuration 1 ms to 24 h: how long a run may send
 * @param runRate 1 to 100000000: messages a second that a run at a fixed rate may be asked for
 * @param runConnections 1 to 100000: connections or flows of one run
 * @param runHistory 1 to 10000: finished runs that are kept; the oldest are forgotten
 * @param ports where listeners may open: ports and ranges of them
 * @param bindAddresses where listeners may open: addresses and ranges of them (CIDR); 0.0.0.0 and :: count as themselves
 * @param requestsPerSecond requests of one key, or without a key of one source; 0 means no limit. Not applied where the API
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
        @DefaultValue("2000") int requestsPerSecond) {

    public static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
    public static final int MAX_RUNS = 100;
    public static final long MAX_RUN_DURATION_MS = 24 * 60 * 60 * 1000L;
    public static final int MAX_RUN_RATE = 100_000_000;
    public static final int MAX_RUN_CONNECTIONS = 100_000;
    public static final int MAX_RUN_HISTORY = 10_000;
    public static final int MAX_REQUESTS_PER_SECOND = 1_000_000;

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
        if (requestsPerSecond < 0 || requestsPerSecond > MAX_REQUESTS_PER_SECOND) {
            throw new IllegalArgumentException("canyon.limits.requests-per-second: " + requestsPerSecond
                    + " (expected: 0 to " + MAX_REQUESTS_PER_SECOND + "; 0 means no limit)");
        }
    }

    private static void requireWithin(String limit, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "canyon.limits." + limit + ": " + value + " (expected: 1 to " + most + ")");
        }
    }
}
