package dev.canyon.inspect;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time of day in nanoseconds since 1970, without an object for each question: counted on from the clock, which is looked
 * at once a second.
 */
final class EpochNanos implements LongSupplier {

    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile Look last = Look.now();

    private record Look(long epochNanos, long systemNanos) {

        static Look now() {
            Instant now = Instant.now();
            return new Look(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(), System.nanoTime());
        }
    }

    @Override
    public long getAsLong() {
        Look look = last;
        long since = System.nanoTime() - look.systemNanos;
        if (since < LOOK_EVERY_NANOS) {
            return look.epochNanos + since;
        }
        Look fresh = Look.now();
        last = fresh;
        return fresh.epochNanos;
    }
}
