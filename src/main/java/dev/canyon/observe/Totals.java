package dev.canyon.observe;

import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerTotals;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The totals over all listeners, however many numbers of them are asked for and by however many people. A reading serves
 * for about ten times as long as it took, so with few listeners each is new, and with 10,000 it may be a quarter of a
 * second old; never do totals take more than a tenth of a processor.
 */
@Component
class Totals {

    private static final long FRESH_NANOS_PER_LISTENER = 25_000;

    private final ListenerDirectory directory;
    private @Nullable Reading latest;

    /** @param atNanos on the clock of {@link System#nanoTime} */
    record Reading(ListenerTotals totals, Instant at, long atNanos) {

        boolean isFresh() {
            int listeners = totals.states().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            return System.nanoTime() - atNanos < FRESH_NANOS_PER_LISTENER * listeners;
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
