package dev.canyon.security;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts wrong keys by source: after ten within a minute no key of that source is looked at until the minute is over, not even
 * a right one, so that trying on does not tell anything. From any thread.
 */
final class WrongKeys {

    static final int ALLOWED = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_SOURCES = 10_000;

    private final Map<Source, Window> windows = new Recent<>(MAX_SOURCES);
    private final LongSupplier nanoTime;

    WrongKeys(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private static final class Window {
        private final long startedAt;
        private int failures;

        Window(long startedAt) {
            this.startedAt = startedAt;
        }
    }

    /** The source has tried too often. */
    static final class TooManyException extends RuntimeException {

        private final transient Duration left;

        TooManyException(Duration left) {
            super("too many wrong keys");
            this.left = left;
        }

        /** How long no key of the source is looked at, rounded up. */
        long secondsLeft() {
            return left.plusSeconds(1).minusNanos(1).toSeconds();
        }
    }

    /**
     * Looks at a key, if the source may still try.
     *
     * @param key finds out whether it is right; one look at a time, so that many at once are counted like many in a row
     * @throws TooManyException without having looked
     */
    synchronized <T> Optional<T> look(Source source, Supplier<Optional<T>> key) {
        long now = nanoTime.getAsLong();
        Window window = windows.get(source);
        if (window != null && now - window.startedAt >= WINDOW.toNanos()) {
            windows.remove(source);
            window = null;
        }
        if (window != null && window.failures >= ALLOWED) {
            throw new TooManyException(WINDOW.minusNanos(now - window.startedAt));
        }
        Optional<T> found = key.get();
        if (found.isEmpty()) {
            windows.computeIfAbsent(source, first -> new Window(now)).failures++;
        }
        return found;
    }
}
