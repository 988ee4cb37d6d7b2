package dev.canyon.security.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;

/**
 * Limits key guessing: after ten wrong keys within a minute, all keys from that source are rejected unchecked until the minute
 * is over. A correct key is rejected too; otherwise a guesser would learn when one is found. Thread-safe.
 */
public final class KeyFailureLimit {

    private static final int MAX_FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_SOURCES = 10_000;

    private final LongSupplier nanoTime;

    /** Created with the first key: loading the library takes longer than everything else this package does at startup. */
    private final SingletonSupplier<Cache<RequestSource, Window>> windows;

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    public KeyFailureLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.windows = SingletonSupplier.of(() -> Caffeine.newBuilder()
                .maximumSize(MAX_SOURCES)
                // A window is written once, when it opens: counting a failure does not extend it.
                .expireAfterWrite(WINDOW)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build());
    }

    /** The failures of one source within the minute that began with the first of them. */
    private static final class Window {

        private final long openedAt;
        private int failures;

        Window(long openedAt) {
            this.openedAt = openedAt;
        }
    }

    /** The source has presented too many wrong keys. */
    public static final class TooManyFailuresException extends RuntimeException {

        private final transient Duration remaining;

        TooManyFailuresException(Duration remaining) {
            super("too many wrong keys");
            this.remaining = remaining;
        }

        /** Seconds until keys from the source are checked again, rounded up. */
        public long retryAfterSeconds() {
            return remaining.plusSeconds(1).minusNanos(1).toSeconds();
        }
    }

    /**
     * Checks a key unless the source has exceeded the limit. Checks run one at a time, so that concurrent guesses count like
     * consecutive ones.
     *
     * @param check returns empty if the key is wrong
     * @throws TooManyFailuresException if the limit is exceeded; {@code check} has not been called
     */
    synchronized <T> Optional<T> check(RequestSource source, Supplier<Optional<T>> check) {
        Cache<RequestSource, Window> open = windows.obtain();
        long now = nanoTime.getAsLong();
        Window window = open.getIfPresent(source);
        if (window != null && window.failures >= MAX_FAILURES) {
            throw new TooManyFailuresException(WINDOW.minusNanos(now - window.openedAt));
        }
        Optional<T> result = check.get();
        if (result.isEmpty()) {
            open.get(source, first -> new Window(now)).failures++;
        }
        return result;
    }
}
