package dev.canyon.probe.run;

import dev.canyon.probe.run.Criterion.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
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
        requireLimit("p50Micros", p50Micros);
        requireLimit("p90Micros", p90Micros);
        requireLimit("p99Micros", p99Micros);
        requireLimit("p999Micros", p999Micros);
        requireLimit("maxMicros", maxMicros);
        requireLimit("messagesPerSecond", messagesPerSecond);
        if (!(lossRatio >= 0 && lossRatio <= 1)) {
            throw new InvalidRunException("thresholds.lossRatio", "is " + lossRatio + " (expected: 0 to 1)");
        }
    }

    /** No measured figure is on either side of NaN. */
    private static void requireLimit(String name, @Nullable Double limit) {
        if (limit != null && !(limit >= 0 && limit < Double.POSITIVE_INFINITY)) {
            throw new InvalidRunException("thresholds." + name, "is " + limit + " (expected: a number, 0 or more)");
        }
    }

    /** Judges a run that went to its end. */
    Verdict judge(RunResult result) {
        if (result.latency() == null) {
            // Nothing came back: the path, the peer or the target may be wrong, which proves nothing of any of them.
            return Verdict.INCONCLUSIVE;
        }
        return criteria(result).stream().allMatch(Criterion::isMet) ? Verdict.PASS : Verdict.FAIL;
    }

    /** What a run is judged by, each thing by itself: what always counts, then what is asked for. */
    public List<Criterion> criteria(RunResult result) {
        Latency latency = result.latency();
        List<Criterion> criteria = new ArrayList<>();
        criteria.add(atMost("errors", (double) result.errorCount(), 0));
        criteria.add(atMost("corrupted", (double) result.corrupted(), 0));
        criteria.add(atMost("lossRatio", result.lossRatio(), lossRatio));
        addLatency("p50Micros", latency, Latency::p50Micros, p50Micros, criteria);
        addLatency("p90Micros", latency, Latency::p90Micros, p90Micros, criteria);
        addLatency("p99Micros", latency, Latency::p99Micros, p99Micros, criteria);
        addLatency("p999Micros", latency, Latency::p999Micros, p999Micros, criteria);
        addLatency("maxMicros", latency, Latency::maxMicros, maxMicros, criteria);
        if (messagesPerSecond != null) {
            criteria.add(
                    new Criterion("messagesPerSecond", result.messagesPerSecond(), Side.AT_LEAST, messagesPerSecond));
        }
        return criteria;
    }

    private static void addLatency(
            String name,
            @Nullable Latency latency,
            ToDoubleFunction<Latency> figure,
            @Nullable Double limit,
            List<Criterion> criteria) {
        if (limit != null) {
            criteria.add(atMost(name, latency == null ? null : figure.applyAsDouble(latency), limit));
        }
    }

    private static Criterion atMost(String name, @Nullable Double measured, double limit) {
        return new Criterion(name, measured, Side.AT_MOST, limit);
    }
}
