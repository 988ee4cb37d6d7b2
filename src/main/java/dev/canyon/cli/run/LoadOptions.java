package dev.canyon.cli.run;

import dev.canyon.cli.shell.PayloadOptions;
import dev.canyon.cli.shell.SocketUri;
import dev.canyon.cli.shell.Usage;
import dev.canyon.engine.kernel.LimitReachedException;
import dev.canyon.probe.run.RunLimits;
import dev.canyon.probe.spec.InvalidRunException;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.RunTarget;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the load. Meaning and defaults, except that of the warm-up, are those of the API's fields. */
final class LoadOptions {

    private static final Duration MAX_DURATION = Duration.ofHours(24);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration DEFAULT_DURATION = Duration.ofSeconds(10);

    /** A process that has just started runs unoptimized code. */
    private static final Duration DEFAULT_WARMUP = Duration.ofSeconds(1);

    private static final int MAX_CONNECTIONS = 100_000;
    private static final int MAX_RATE = 100_000_000;

    /** The option of each field of the specification. */
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

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Number of TCP connections or UDP flows. Default: 10")
    private int connections = 10;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "Size of each message; on UDP at least 16, for the sequence number. Default: 64")
    private int messageBytes = 64;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages per second over all connections. Default: as fast as possible")
    private @Nullable Double ratePerSecond;

    @Option(
            names = "--pipeline",
            paramLabel = "N",
            description =
                    "Maximum number of unanswered messages per connection; 0 is no limit and requires --rate. Default: 0"
                            + " with --rate, otherwise 1")
    private @Nullable Integer pipeline;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "Duration of the load. Default: 10s, or 24h with --messages")
    private @Nullable Duration duration;

    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "Maximum number of messages to send. Default: no limit")
    private @Nullable Long messages;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            description =
                    "Duration of an unmeasured warm-up on separate connections. Default: 1s, or 0 with --messages")
    private @Nullable Duration warmup;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description =
                    "Timeout of each response, after which a message is lost, and of each TCP and TLS handshake. Default: 2s")
    private Duration timeout = Duration.ofSeconds(2);

    @Mixin
    private ThresholdOptions thresholds = new ThresholdOptions();

    /** A command makes one run, on a machine of the user's own. */
    static RunLimits limits() {
        return new RunLimits(
                1, MAX_DURATION.plus(MAX_DURATION), MAX_RATE, MAX_CONNECTIONS, PayloadOptions.MAX_BYTES, 1);
    }

    RunSpec toSpec(SocketUri uri, Usage usage) {
        Duration sending = duration != null ? duration : messages == null ? DEFAULT_DURATION : MAX_DURATION;
        Duration warmingUp = warmup != null ? warmup : messages == null ? DEFAULT_WARMUP : Duration.ZERO;
        usage.requireRange("--connections", connections, 1, MAX_CONNECTIONS);
        requireTime(usage, "--duration", sending, 1, MAX_DURATION);
        requireTime(usage, "--warmup", warmingUp, 0, MAX_DURATION);
        requireTime(usage, "--timeout", timeout, 1, MAX_TIMEOUT);
        usage.require(
                ratePerSecond == null || ratePerSecond <= MAX_RATE,
                "--rate",
                ratePerSecond + " (expected: at most " + MAX_RATE + ")");
        usage.requireRange("--size", messageBytes, 1, PayloadOptions.MAX_BYTES);
        return orUsageError(
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

    private static void requireTime(Usage usage, String option, Duration time, long minMillis, Duration max) {
        usage.require(
                time.toMillis() >= minMillis && time.compareTo(max) <= 0,
                option,
                time.toMillis() + "ms (expected: " + minMillis + "ms to " + max.toSeconds() + "s)");
    }

    /** Reports a rejection by the run as a usage error of the corresponding option. */
    static <T> T orUsageError(Usage usage, Supplier<T> step) {
        try {
            return step.get();
        } catch (InvalidRunException ex) {
            String found = String.valueOf(ex.getMessage()).replaceFirst("^is ", "");
            usage.require(false, OPTIONS.getOrDefault(ex.field(), ex.field()), found);
            throw ex;
        } catch (LimitReachedException ex) {
            // The remaining limits depend on the number of connections.
            usage.require(false, "--connections", String.valueOf(ex.getMessage()));
            throw ex;
        }
    }
}
