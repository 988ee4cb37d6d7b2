package dev.canyon.probe.spec;

import dev.canyon.probe.spec.Criterion.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The criteria of a passed run. A null threshold is disabled. In addition, every response must equal its message, and no connection may
 * fail.
 *
 * @param p50Micros maximum median latency; the others likewise
 * @param lossRatio maximum ratio of lost to sent messages, 0 to 1
 * @param messagesPerSecond minimum rate of received messages
 */
public record Thresholds(
        @Nullable Double p50Micros,
        @Nullable Double p90Micros,
        @Nullable Double p99Micros,
        @Nullable Double p999Micros,
        @Nullable Double maxMicros,
        double lossRatio,
        @Nullable Double messagesPerSecond) {

    /** No loss allowed, no limit of latency and rate. */
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

    /** NaN would never be met. */
    private static void requireLimit(String name, @Nullable Double limit) {
        if (limit != null && !(limit >= 0 && limit < Double.POSITIVE_INFINITY)) {
            throw new InvalidRunException("thresholds." + name, "is " + limit + " (expected: a number, 0 or more)");
        }
    }

    /** Returns the verdict on a completed run. */
    public Verdict judge(RunResult result) {
        if (result.latency() == null) {
            // Without any response there is no telling whether path, peer or target is to blame.
            return Verdict.INCONCLUSIVE;
        }
        return criteria(result).stream().allMatch(Criterion::isMet) ? Verdict.PASS : Verdict.FAIL;
    }

    /** Returns the criteria of a run: those that always apply, then the thresholds. */
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
            ToDoubleFunction<Latency> value,
            @Nullable Double limit,
            List<Criterion> criteria) {
        if (limit != null) {
            criteria.add(atMost(name, latency == null ? null : value.applyAsDouble(latency), limit));
        }
    }

    private static Criterion atMost(String name, @Nullable Double measured, double limit) {
        return new Criterion(name, measured, Side.AT_MOST, limit);
    }
}
