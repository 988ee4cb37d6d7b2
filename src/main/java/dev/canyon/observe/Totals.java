package dev.canyon.observe;

import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerTotals;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Caches the totals of all listeners for all callers. A reading is used for about ten times as long as it took: with few
 * listeners each call reads anew, with 10,000 a reading may be 250 ms old. So totals take at most a tenth of a CPU.
 */
@Component
class Totals {

    private static final long MAX_AGE_NANOS_PER_LISTENER = 25_000;

    private final ListenerDirectory directory;
    private @Nullable Reading latest;

    /** @param atNanos on the clock of {@link System#nanoTime} */
    record Reading(ListenerTotals totals, Instant at, long atNanos) {

        boolean isFresh() {
            int listeners = totals.states().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            return System.nanoTime() - atNanos < MAX_AGE_NANOS_PER_LISTENER * listeners;
        }
    }

    Totals(ListenerDirectory directory) {
        this.directory = directory;
    }

    synchronized Reading recent() {
        Reading reading = latest;
        if (reading == null || !reading.isFresh()) {
            reading = new Reading(directory.totals(), Instant.now(), System.nanoTime());
            latest = reading;
        }
        return reading;
    }
}
