package dev.canyon.engine.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * A histogram of the reply latency: the time from the end of a read until the flush of its replies returns. Contains all
 * listeners of a protocol.
 *
 * <p>About one read in 64 is measured, so that the second clock reading costs nothing. The low bits of the first reading select
 * it: they are practically random, independent of the length of a connection, and need no counter shared by event loops.
 */
public final class EchoLatency {

    private static final long SAMPLED = 0b11_1111;
    private static final long FIRST_BOUND_NANOS = 1_000;
    /** From 1 us to 1.05 s, each twice the previous one. */
    private static final int BOUNDS = 21;

    private final List<LongAdder> counts =
            Stream.generate(LongAdder::new).limit(BOUNDS + 1).toList();
    private final LongAdder sumNanos = new LongAdder();

    public EchoLatency() {}

    /**
     * A reading of the histogram.
     *
     * @param buckets in ascending order of their bounds; not cumulative
     * @param sumNanos the sum of all latencies; not consistent with the buckets while traffic is measured
     */
    public record Reading(List<Bucket> buckets, long sumNanos) {}

    /** @param upToNanos inclusive upper bound; {@link Long#MAX_VALUE} for the last bucket */
    public record Bucket(long upToNanos, long count) {}

    /** May be called from any thread. Counts never decrease. */
    public Reading read() {
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            buckets.add(new Bucket(
                    i == BOUNDS ? Long.MAX_VALUE : FIRST_BOUND_NANOS << i,
                    counts.get(i).sum()));
        }
        return new Reading(buckets, sumNanos.sum());
    }

    /**
     * Records that the replies to a read were flushed, as far as the kernel accepted them.
     *
     * @param readAtNanos on the clock of {@link System#nanoTime}
     */
    public void flushed(long readAtNanos) {
        if ((readAtNanos & SAMPLED) == 0) {
            record(System.nanoTime() - readAtNanos);
        }
    }

    void record(long nanos) {
        long units = (Math.max(1, nanos) - 1) / FIRST_BOUND_NANOS;
        int bucket = Long.SIZE - Long.numberOfLeadingZeros(units);
        counts.get(Math.min(bucket, BOUNDS)).increment();
        sumNanos.add(nanos);
    }
}
