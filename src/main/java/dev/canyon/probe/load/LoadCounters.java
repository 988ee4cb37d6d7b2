package dev.canyon.probe.load;

import dev.canyon.probe.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/** The counters of the flows of one event loop. Written on that loop, read by any thread. */
final class LoadCounters {

    /** One hour in nanoseconds; a longer latency is recorded as that. */
    private static final long MAX_LATENCY = 3_600_000_000_000L;

    private static final int DIGITS = 3;

    final LongAdder sent = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder duplicated = new LongAdder();
    final LongAdder reordered = new LongAdder();
    final LongAdder corrupted = new LongAdder();
    final LongAdder unsent = new LongAdder();
    private final Map<Outcome, LongAdder> errors = new ConcurrentHashMap<>();
    private final AtomicLong lastProgress = new AtomicLong();
    private final SingleWriterRecorder latency = new SingleWriterRecorder(1, MAX_LATENCY, DIGITS);

    static Histogram newHistogram() {
        return new Histogram(1, MAX_LATENCY, DIGITS);
    }

    void sent(int messages, long now) {
        sent.add(messages);
        lastProgress.lazySet(now);
    }

    void received(long nanos, long now) {
        received.increment();
        lastProgress.lazySet(now);
        latency.recordValue(Math.min(Math.max(nanos, 1), MAX_LATENCY));
    }

    void error(Outcome outcome) {
        errors.computeIfAbsent(outcome, first -> new LongAdder()).increment();
    }

    Map<Outcome, LongAdder> errors() {
        return errors;
    }

    /** Returns when a message was last sent or received in time, by the clock of the run. */
    long lastProgress() {
        return lastProgress.get();
    }

    /**
     * Returns the latencies in nanoseconds since the previous call. Not thread-safe.
     *
     * @param used the histogram returned by the previous call, to be recycled
     */
    Histogram takeLatencies(@Nullable Histogram used) {
        return latency.getIntervalHistogram(used);
    }
}
