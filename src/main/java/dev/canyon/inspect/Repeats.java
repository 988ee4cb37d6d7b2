package dev.canyon.inspect;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells of something that may happen a million times a second once a second at most: the first time at once, and those
 * that follow together, when a second has passed since. Whoever is told of none for a second is told the next one at once.
 */
final class Repeats {

    private static final Duration APART = Duration.ofSeconds(1);

    private final Later later;
    private final BiConsumer<@Nullable InetSocketAddress, Long> tell;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicLong untold = new AtomicLong();
    private volatile @Nullable InetSocketAddress last;

    /** Runs something when some time has passed. */
    @FunctionalInterface
    interface Later {

        void run(Duration delay, Runnable task);
    }

    /** @param tell is given the last peer and how often it has happened */
    Repeats(Later later, BiConsumer<@Nullable InetSocketAddress, Long> tell) {
        this.later = later;
        this.tell = tell;
    }

    /** It has happened once more. From any thread; costs no more than counting. */
    void happened(InetSocketAddress remote) {
        last = remote;
        untold.incrementAndGet();
        if (!waiting.get() && waiting.compareAndSet(false, true)) {
            tellAndWait();
        }
    }

    private void tellAndWait() {
        long count = untold.getAndSet(0);
        if (count > 0) {
            tell.accept(last, count);
            later.run(APART, this::tellAndWait);
            return;
        }
        waiting.set(false);
        // One that came in between has seen that we wait, and relies on us.
        if (untold.get() > 0 && waiting.compareAndSet(false, true)) {
            tellAndWait();
        }
    }
}
