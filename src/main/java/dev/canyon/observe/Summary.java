package dev.canyon.observe;

import dev.canyon.listener.directory.ListenerTotals;
import java.time.Duration;
import java.time.Instant;

/** Totals and rates of all listeners. */
public record Summary(ListenerTotals totals, Rates perSecond, Waiting waiting, Instant at) {

    /**
     * What waits in the memory of the process: see {@link dev.canyon.engine.traffic.ByteBudget}.
     *
     * @param bytes that wait
     * @param limit of these bytes
     */
    public record Waiting(long bytes, long limit) {}

    /**
     * Averages per second.
     *
     * @param connections accepted TCP connections
     * @param window the period before the reading over which the averages are taken
     */
    public record Rates(double receivedMessages, double receivedBytes, double connections, Duration window) {}
}
