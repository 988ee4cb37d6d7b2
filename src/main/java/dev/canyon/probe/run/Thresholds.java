package dev.canyon.probe.run;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run has to keep to pass. A latency or a rate that is null is not asked for. Whatever is asked for, every byte that comes
 * back must be right, and every connection must hold.
 *
 * @param p50Micros at most so long for half of the answers; the others likewise
 * @param lossRatio at most this part of what was sent may be lost, 0 to 1
 * @param messagesPerSecond at least so many answers a second
 */
public record Thresholds(
        @Nullable Double p50Micros,
        @Nullable Double p90Micros,
        @Nullable Double p99Micros,
        @Nullable Double p999Micros,
        @Nullable Double maxMicros,
        double lossRatio,
        @Nullable Double messagesPerSecond) {

    /** Nothing may be lost; it may take its time. */
    public static final Thresholds NONE = new Thresholds(null, null, null, null, null, 0, null);

    public Thresholds {
        if (!(lossRatio >= 0 && lossRatio <= 1)) {
            throw new InvalidRunException("thresholds.lossRatio", "is " + lossRatio + " (expected: 0 to 1)");
        }
    }

    /** Judges a run that went to its end. */
    Verdict judge(RunResult result) {
        Latency latency = result.latency();
        if (latency == null) {
            // Nothing came back: the path, the peer or the target may be wrong, which proves nothing of any of them.
            return Verdict.INCONCLUSIVE;
        }
        if (!result.errors().isEmpty() || result.corrupted() > 0 || result.lossRatio() > lossRatio) {
            return Verdict.FAIL;
        }
        boolean kept = Stream.of(
                        atMost(latency.p50Micros(), p50Micros),
                        atMost(latency.p90Micros(), p90Micros),
                        atMost(latency.p99Micros(), p99Micros),
                        atMost(latency.p999Micros(), p999Micros),
                        atMost(latency.maxMicros(), maxMicros),
                        messagesPerSecond == null || result.messagesPerSecond() >= messagesPerSecond)
                .allMatch(each -> each);
        return kept ? Verdict.PASS : Verdict.FAIL;
    }

    private static boolean atMost(double value, @Nullable Double limit) {
        return limit == null || value <= limit;
    }
}
