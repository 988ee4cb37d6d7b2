package dev.canyon.cli.run;

import dev.canyon.probe.spec.Thresholds;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Criteria of a passed run. The meaning is that of the API's thresholds. */
final class ThresholdOptions {

    @Option(names = "--max-p50", paramLabel = "TIME", description = "Maximum median latency.")
    private @Nullable Duration p50;

    @Option(names = "--max-p90", paramLabel = "TIME", description = "Maximum 90th percentile of latency.")
    private @Nullable Duration p90;

    @Option(names = "--max-p99", paramLabel = "TIME", description = "Maximum 99th percentile of latency.")
    private @Nullable Duration p99;

    @Option(names = "--max-p999", paramLabel = "TIME", description = "Maximum 99.9th percentile of latency.")
    private @Nullable Duration p999;

    @Option(names = "--max-latency", paramLabel = "TIME", description = "Maximum latency of any message.")
    private @Nullable Duration max;

    @Option(
            names = "--max-loss",
            paramLabel = "RATIO",
            description = "Maximum ratio of lost to sent messages, 0 to 1. Default: 0")
    private double lossRatio;

    @Option(names = "--min-rate", paramLabel = "N", description = "Minimum rate of received messages per second.")
    private @Nullable Double messagesPerSecond;

    Thresholds thresholds() {
        return new Thresholds(
                micros(p50), micros(p90), micros(p99), micros(p999), micros(max), lossRatio, messagesPerSecond);
    }

    private static @Nullable Double micros(@Nullable Duration time) {
        return time == null ? null : (double) TimeUnit.NANOSECONDS.toMicros(time.toNanos());
    }
}
