package dev.canyon.inspect.capture;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Nanoseconds since the epoch, without allocating an object per call: derived from {@link System#nanoTime} and synchronized with
 * the clock once a second.
 */
public final class EpochNanos implements LongSupplier {

    private static final long SYNC_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile Sync last = Sync.now();

    private record Sync(long epochNanos, long systemNanos) {

        static Sync now() {
            Instant now = Instant.now();
            return new Sync(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(), System.nanoTime());
        }
    }

    @Override
    public long getAsLong() {
        Sync sync = last;
        long since = System.nanoTime() - sync.systemNanos;
        if (since < SYNC_INTERVAL_NANOS) {
            return sync.epochNanos + since;
        }
        Sync fresh = Sync.now();
        last = fresh;
        return fresh.epochNanos;
    }
}
