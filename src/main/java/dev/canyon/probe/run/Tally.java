package dev.canyon.probe.run;

import dev.canyon.probe.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/** What the flows of one event loop have seen so far. That loop counts, any thread may look. */
final class Tally {

    /** One hour in nanoseconds; whatever takes longer counts as that. */
    private static final long LONGEST = 3_600_000_000_000L;

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
    private final SingleWriterRecorder latency = new SingleWriterRecorder(1, LONGEST, DIGITS);

    static Histogram newHistogram() {
        return new Histogram(1, LONGEST, DIGITS);
    }

    void sent(int messages, long now) {
        sent.add(messages);
        lastProgress.lazySet(now);
    }

    void received(long nanos, long now) {
        received.increment();
        lastProgress.lazySet(now);
        latency.recordValue(Math.min(Math.max(nanos, 1), LONGEST));
    }

    void error(Outcome outcome) {
        errors.computeIfAbsent(outcome, first -> new LongAdder()).increment();
    }

    Map<Outcome, LongAdder> errors() {
        return errors;
    }

    /** When a message was last sent or received in time, by the run's clock. */
    long lastProgress() {
        return lastProgress.get();
    }

    /** Latencies in nanoseconds since the last call; the one returned then is used again. Not to be called by two threads. */
    Histogram takeLatencies(@Nullable Histogram used) {
        return latency.getIntervalHistogram(used);
    }
}
