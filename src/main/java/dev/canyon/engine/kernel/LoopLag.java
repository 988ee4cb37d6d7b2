package dev.canyon.engine.kernel;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * Measures the lag of event loops with a task that each loop runs twice a second. The lag is the delay of the last run or, for
 * a loop that is blocked, the time by which the next run is overdue.
 */
public final class LoopLag {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<Probe> probes;

    public LoopLag(EventLoopGroup loops) {
        probes =
                StreamSupport.stream(loops.spliterator(), false).map(Probe::new).toList();
    }

    /** The largest lag of any loop. */
    public Duration worst() {
        long now = System.nanoTime();
        return Duration.ofNanos(
                probes.stream().mapToLong(probe -> probe.lagNanos(now)).max().orElse(0));
    }

    private static final class Probe implements Runnable {

        private volatile long dueAt = System.nanoTime() + INTERVAL_NANOS;
        private volatile long lastLag;

        Probe(EventExecutor loop) {
            loop.scheduleWithFixedDelay(this, INTERVAL_NANOS, INTERVAL_NANOS, TimeUnit.NANOSECONDS);
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            lastLag = Math.max(0, now - dueAt);
            dueAt = now + INTERVAL_NANOS;
        }

        long lagNanos(long now) {
            return Math.max(lastLag, Math.max(0, now - dueAt));
        }
    }
}
