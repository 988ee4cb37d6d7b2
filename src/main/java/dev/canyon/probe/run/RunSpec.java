package dev.canyon.probe.run;

import dev.canyon.transport.Protocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run shall do. At a fixed rate messages are due evenly over the connections, whatever the peer does; without one,
 * each connection sends its next message as soon as fewer than {@code pipeline} are unanswered.
 *
 * @param connections TCP connections or UDP flows, 1 or more
 * @param messageBytes bytes of each message, 1 or more; on UDP at least {@value #SMALLEST_DATAGRAM}, which carry the sequence
 *     number
 * @param pipeline the most messages unanswered on one connection; at a fixed rate 0 means no limit
 * @param ratePerSecond messages a second, over all connections; null for as fast as it goes
 * @param duration how long messages are sent
 * @param warmup how long the same is done before that, on connections of its own, and not measured; 0 or more
 * @param messages how many are sent at the most, over all connections; null for no limit
 * @param timeout a message unanswered for so long is lost; a TCP connection not established in so long has failed
 */
public record RunSpec(
        RunTarget target,
        int connections,
        int messageBytes,
        int pipeline,
        @Nullable Double ratePerSecond,
        Duration duration,
        Duration warmup,
        @Nullable Long messages,
        Duration timeout,
        Thresholds thresholds) {

    /** See {@code Datagrams}. */
    public static final int SMALLEST_DATAGRAM = 16;

    /** What a datagram can carry over IPv4; over IPv6 it is 20 more. */
    public static final int LARGEST_DATAGRAM = 65_507;

    /** When each message under way was due and sent has to be remembered. */
    public static final int MOST_UNDER_WAY = 1_000_000;

    private static final double SLOWEST = 0.001;

    public RunSpec {
        require(connections >= 1, "connections", connections, "1 or more");
        require(messageBytes >= 1, "messageBytes", messageBytes, "1 or more");
        require(pipeline >= (ratePerSecond == null ? 1 : 0), "pipeline", pipeline, "1 or more");
        require(
                ratePerSecond == null || ratePerSecond >= SLOWEST,
                "ratePerSecond",
                ratePerSecond,
                SLOWEST + " or more");
        require(isPositive(duration), "durationMs", duration.toMillis(), "1 or more");
        require(!warmup.isNegative(), "warmupMs", warmup.toMillis(), "0 or more");
        require(isPositive(timeout), "timeoutMs", timeout.toMillis(), "1 or more");
        require(messages == null || messages >= 1, "messages", messages, "1 or more");
        double underWay = underWay(connections, pipeline, ratePerSecond, timeout);
        require(
                underWay <= MOST_UNDER_WAY,
                ratePerSecond == null ? "pipeline" : "timeoutMs",
                ratePerSecond == null ? pipeline : timeout.toMillis(),
                "no more than " + MOST_UNDER_WAY + " messages unanswered at once: connections times pipeline, or"
                        + " ratePerSecond times timeoutMs");
    }

    private static double underWay(int connections, int pipeline, @Nullable Double rate, Duration timeout) {
        double byPipeline = pipeline == 0 ? Double.MAX_VALUE : (double) connections * pipeline;
        double byRate = rate == null ? Double.MAX_VALUE : rate * timeout.toMillis() / 1000;
        return Math.min(byPipeline, byRate);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String field, @Nullable Object value, String expected) {
        if (!holds) {
            throw new InvalidRunException(field, "is " + value + " (expected: " + expected + ")");
        }
    }

    /** @throws InvalidRunException if a datagram cannot carry such messages */
    void requireFits(Protocol protocol) {
        if (protocol == Protocol.UDP) {
            require(
                    messageBytes >= SMALLEST_DATAGRAM && messageBytes <= LARGEST_DATAGRAM,
                    "messageBytes",
                    messageBytes,
                    "on UDP " + SMALLEST_DATAGRAM + " to " + LARGEST_DATAGRAM + "; the sequence number takes "
                            + SMALLEST_DATAGRAM);
        }
    }

    /** What is done first, so that neither cold code nor a cold path is measured. */
    RunSpec ofWarmup() {
        return new RunSpec(
                target,
                connections,
                messageBytes,
                pipeline,
                ratePerSecond,
                warmup,
                Duration.ZERO,
                null,
                timeout,
                thresholds);
    }

    /** The most messages that may be unanswered on one connection. */
    int window() {
        return pipeline == 0 ? Integer.MAX_VALUE : pipeline;
    }
}
