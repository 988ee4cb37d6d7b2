package dev.canyon.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * How long replies take to leave: from the end of a read until the flush of what was read has returned. Of all listeners
 * of a protocol together.
 *
 * <p>Only about one turn of a loop in 64 is timed, so that the second look at the clock costs nothing. The last bits of
 * the first look choose it: they are as good as random, know neither short nor long connections, and need no counter that
 * event loops would share.
 */
public final class EchoLatency {

    private static final long SAMPLED = 0b11_1111;
    private static final long FIRST_BOUND_NANOS = 1_000;
    /** From 1 us to 1.05 s, each twice the one before. */
    private static final int BOUNDS = 21;

    private final List<LongAdder> counts =
            Stream.generate(LongAdder::new).limit(BOUNDS + 1).toList();
    private final LongAdder sumNanos = new LongAdder();

    EchoLatency() {}

    /**
     * What was timed.
     *
     * @param buckets in the order of their bounds, each with those that the one before has no room for
     * @param sumNanos of all together; read while others are timed, it need not belong to exactly these
     */
    public record Reading(List<Bucket> buckets, long sumNanos) {}

    /** @param upToNanos the longest in it; {@link Long#MAX_VALUE} in the last */
    public record Bucket(long upToNanos, long count) {}

    /** May be called from any thread. Never goes back. */
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
     * What was read has just been sent back, or as much of it as the kernel would take.
     *
     * @param readAtNanos on the clock of {@link System#nanoTime}
     */
    void flushed(long readAtNanos) {
        if ((readAtNanos & SAMPLED) == 0) {
            took(System.nanoTime() - readAtNanos);
        }
    }

    void took(long nanos) {
        long units = (Math.max(1, nanos) - 1) / FIRST_BOUND_NANOS;
        int bucket = Long.SIZE - Long.numberOfLeadingZeros(units);
        counts.get(Math.min(bucket, BOUNDS)).increment();
        sumNanos.add(nanos);
    }
}
