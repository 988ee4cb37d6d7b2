package dev.canyon.observe;

import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.traffic.ByteBudget;
import dev.canyon.engine.traffic.EndpointCounters;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Totals and rates of all listeners.
 *
 * <p>There is no background task: rates are calculated between the current totals and those of an earlier call, one to two
 * seconds ago if called every second, otherwise at the previous call or the start of Canyon. Totals never decrease, so rates
 * are never negative.
 */
@Component
public class Summaries {

    private static final long MIN_WINDOW_NANOS = Duration.ofSeconds(1).toNanos();

    private final Totals totals;
    private final ByteBudget waiting;
    private Totals.Reading older;
    private Totals.Reading newer;

    Summaries(Totals totals, EchoTransport transport) {
        this.totals = totals;
        this.waiting = transport.waiting();
        this.newer = totals.recent();
        this.older = newer;
    }

    /** As recent as {@link Totals}. May be called from any thread. */
    public synchronized Summary now() {
        Totals.Reading now = totals.recent();
        if (now.atNanos() - newer.atNanos() >= MIN_WINDOW_NANOS) {
            older = newer;
            newer = now;
        }
        return new Summary(
                now.totals(), rates(older, now), new Summary.Waiting(waiting.held(), waiting.limit()), now.at());
    }

    private static Summary.Rates rates(Totals.Reading from, Totals.Reading to) {
        EndpointCounters.Reading before = from.totals().all();
        EndpointCounters.Reading after = to.totals().all();
        Duration window = Duration.ofNanos(to.atNanos() - from.atNanos());
        // Avoids a division by zero: both readings may be the same.
        double seconds = Math.max(1, window.toNanos()) / 1e9;
        return new Summary.Rates(
                (after.receivedMessages() - before.receivedMessages()) / seconds,
                (after.receivedBytes() - before.receivedBytes()) / seconds,
                (after.connections().total() - before.connections().total()) / seconds,
                window);
    }
}
