package dev.canyon.cli;

import dev.canyon.probe.run.InvalidRunException;
import dev.canyon.probe.run.RunLimits;
import dev.canyon.probe.run.RunSpec;
import dev.canyon.probe.run.RunTarget;
import dev.canyon.transport.LimitReachedException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run shall do. The meaning and, but for the warm-up, the defaults are those of the API's fields. */
final class LoadOptions {

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration USUAL = Duration.ofSeconds(10);

    /** A process that has just started is cold. */
    private static final Duration USUAL_WARMUP = Duration.ofSeconds(1);

    private static final int MOST_CONNECTIONS = 100_000;
    private static final int MOST_PER_SECOND = 100_000_000;

    /** What a field that is wrong is called here. */
    private static final Map<String, String> OPTIONS = Map.of(
            "messageBytes", "--size",
            "pipeline", "--pipeline",
            "ratePerSecond", "--rate",
            "durationMs", "--duration",
            "warmupMs", "--warmup",
            "messages", "--messages",
            "connections", "--connections",
            "timeoutMs", "--timeout",
            "thresholds.lossRatio", "--max-loss",
            "thresholds.messagesPerSecond", "--min-rate");

    @Option(names = "--connections", paramLabel = "N", description = "TCP connections or UDP flows. Default: 10")
    private int connections = 10;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "Bytes of each message; on UDP 16 at least, which carry its number. Default: 64")
    private int messageBytes = 64;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages a second over all connections. Default: as fast as it goes")
    private @Nullable Double ratePerSecond;

    @Option(
            names = "--pipeline",
            paramLabel = "N",
            description = "Messages unanswered on one connection, at most; 0 is no limit, with --rate only. Default: 0"
                    + " with --rate, else 1")
    private @Nullable Integer pipeline;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long to send. Default: 10s, or 24h with --messages")
    private @Nullable Duration duration;

    @Option(names = "--messages", paramLabel = "N", description = "How many to send, at most. Default: no limit")
    private @Nullable Long messages;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            description =
                    "How long to do the same first without measuring it, on connections of its own. Default: 1s, or"
                            + " 0 with --messages")
    private @Nullable Duration warmup;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "A message unanswered for so long is lost. Default: 2s")
    private Duration timeout = Duration.ofSeconds(2);

    @Mixin
    private ThresholdOptions thresholds = new ThresholdOptions();

    /** Only one run is made, and here you are on your own machine. */
    static RunLimits limits() {
        return new RunLimits(1, LONGEST.plus(LONGEST), MOST_PER_SECOND, MOST_CONNECTIONS, PayloadOptions.MAX_BYTES, 1);
    }

    RunSpec toSpec(SocketUri uri, Usage usage) {
        Duration sending = duration != null ? duration : messages == null ? USUAL : LONGEST;
        Duration warmingUp = warmup != null ? warmup : messages == null ? USUAL_WARMUP : Duration.ZERO;
        usage.requireRange("--connections", connections, 1, MOST_CONNECTIONS);
        requireTime(usage, "--duration", sending, 1, LONGEST);
        requireTime(usage, "--warmup", warmingUp, 0, LONGEST);
        requireTime(usage, "--timeout", timeout, 1, LONGEST_TIMEOUT);
        usage.require(
                ratePerSecond == null || ratePerSecond <= MOST_PER_SECOND,
                "--rate",
                ratePerSecond + " (expected: " + MOST_PER_SECOND + " at most)");
        usage.requireRange("--size", messageBytes, 1, PayloadOptions.MAX_BYTES);
        return orRefused(
                usage,
                () -> new RunSpec(
                        new RunTarget.Remote(uri.protocol(), uri.host(), uri.port()),
                        connections,
                        messageBytes,
                        pipeline != null ? pipeline : ratePerSecond == null ? 1 : 0,
                        ratePerSecond,
                        sending,
                        warmingUp,
                        messages,
                        timeout,
                        thresholds.thresholds()));
    }

    private static void requireTime(Usage usage, String option, Duration time, long leastMillis, Duration most) {
        usage.require(
                time.toMillis() >= leastMillis && time.compareTo(most) <= 0,
                option,
                time.toMillis() + "ms (expected: " + leastMillis + "ms to " + most.toSeconds() + "s)");
    }

    /** What the run itself finds wrong is told by the name of the option. */
    static <T> T orRefused(Usage usage, Supplier<T> step) {
        try {
            return step.get();
        } catch (InvalidRunException ex) {
            String found = String.valueOf(ex.getMessage()).replaceFirst("^is ", "");
            usage.require(false, OPTIONS.getOrDefault(ex.field(), ex.field()), found);
            throw ex;
        } catch (LimitReachedException ex) {
            // The limits of the process that are left to it are all about how many connections there are.
            usage.require(false, "--connections", String.valueOf(ex.getMessage()));
            throw ex;
        }
    }
}
