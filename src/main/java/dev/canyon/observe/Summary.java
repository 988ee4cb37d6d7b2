package dev.canyon.observe;

import dev.canyon.listener.ListenerTotals;
import java.time.Duration;
import java.time.Instant;

/** All listeners at a glance. */
public record Summary(ListenerTotals totals, Rates perSecond, Instant at) {

    /**
     * What came in, a second.
     *
     * @param connections accepted on TCP
     * @param window the time up to now over which they are the mean
     */
    public record Rates(double receivedMessages, double receivedBytes, double connections, Duration window) {}
}
