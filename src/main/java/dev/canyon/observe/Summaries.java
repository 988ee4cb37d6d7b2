package dev.canyon.observe;

import dev.canyon.transport.EndpointCounters;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Sums up all listeners, with rates.
 *
 * <p>Nothing runs while nobody asks: rates are taken between the totals now and those at an earlier question, one to two
 * seconds ago if somebody asks each second, else when the last one was or when Canyon began. Totals never go back, so
 * rates are never negative.
 */
@Component
public class Summaries {

    private static final long APART_NANOS = Duration.ofSeconds(1).toNanos();

    private final Totals totals;
    private Totals.Reading older;
    private Totals.Reading newer;

    Summaries(Totals totals) {
        this.totals = totals;
        this.newer = totals.recent();
        this.older = newer;
    }

    /** At most as old as {@link Totals} says. May be called from any thread. */
    public synchronized Summary now() {
        Totals.Reading now = totals.recent();
        if (now.atNanos() - newer.atNanos() >= APART_NANOS) {
            older = newer;
            newer = now;
        }
        return new Summary(now.totals(), rates(older, now), now.at());
    }

    private static Summary.Rates rates(Totals.Reading from, Totals.Reading to) {
        EndpointCounters.Reading before = from.totals().all();
        EndpointCounters.Reading after = to.totals().all();
        Duration window = Duration.ofNanos(to.atNanos() - from.atNanos());
        // Nothing has been counted in no time.
        double seconds = Math.max(1, window.toNanos()) / 1e9;
        return new Summary.Rates(
                (after.receivedMessages() - before.receivedMessages()) / seconds,
                (after.receivedBytes() - before.receivedBytes()) / seconds,
                (after.connections().total() - before.connections().total()) / seconds,
                window);
    }
}
