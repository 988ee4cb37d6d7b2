package dev.canyon.cli;

import dev.canyon.probe.run.Thresholds;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run has to keep to pass. The meaning is that of the API's thresholds. */
final class ThresholdOptions {

    @Option(names = "--max-p50", paramLabel = "TIME", description = "At most so long for half of the answers.")
    private @Nullable Duration p50;

    @Option(names = "--max-p90", paramLabel = "TIME", description = "The same for 90 %% of them.")
    private @Nullable Duration p90;

    @Option(names = "--max-p99", paramLabel = "TIME", description = "The same for 99 %% of them.")
    private @Nullable Duration p99;

    @Option(names = "--max-p999", paramLabel = "TIME", description = "The same for 99.9 %% of them.")
    private @Nullable Duration p999;

    @Option(names = "--max-latency", paramLabel = "TIME", description = "The same for all of them.")
    private @Nullable Duration max;

    @Option(
            names = "--max-loss",
            paramLabel = "RATIO",
            description = "At most this part of what was sent may be lost, 0 to 1. Default: 0")
    private double lossRatio;

    @Option(names = "--min-rate", paramLabel = "N", description = "At least so many answers a second.")
    private @Nullable Double messagesPerSecond;

    Thresholds thresholds() {
        return new Thresholds(
                micros(p50), micros(p90), micros(p99), micros(p999), micros(max), lossRatio, messagesPerSecond);
    }

    private static @Nullable Double micros(@Nullable Duration time) {
        return time == null ? null : (double) TimeUnit.NANOSECONDS.toMicros(time.toNanos());
    }
}
