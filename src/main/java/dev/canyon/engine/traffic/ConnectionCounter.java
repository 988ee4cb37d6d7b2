package dev.canyon.engine.traffic;

import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.RejectReason;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts TCP connections, under a lock, whose cost is negligible beside the system calls of opening and closing a connection.
 * The counts never decrease; {@link EndpointCounters} subtracts what a reset hides.
 */
public final class ConnectionCounter {

    private int active;
    /** Accepted connections whose PROXY header or TLS handshake is not complete. They count towards limits, and as nothing else yet. */
    private int opening;

    private int peak;
    private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    private final Map<CloseReason, Long> closed = new EnumMap<>(CloseReason.class);

    ConnectionCounter() {
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, 0L);
        }
        for (RejectReason reason : RejectReason.values()) {
            rejected.put(reason, 0L);
        }
    }

    /**
     * A consistent reading.
     *
     * @param total all accepted connections: active and closed
     * @param rejected closed before data was read, by reason; not part of the total
     * @param peak the maximum number open at one time
     */
    public record Reading(
            int active, long total, Map<RejectReason, Long> rejected, int peak, Map<CloseReason, Long> closed) {

        static final Reading NONE = new ConnectionCounter().read();

        /** The sum of both; the peak is the larger one, because it is not known which connections were open at the same time. */
        Reading plus(Reading other) {
            return new Reading(
                    active + other.active,
                    total + other.total,
                    CountMaps.sum(RejectReason.class, rejected, other.rejected),
                    Math.max(peak, other.peak),
                    CountMaps.sum(CloseReason.class, closed, other.closed));
        }

        /** The number rejected for any reason. */
        public long allRejected() {
            return rejected.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Without the closed and rejected connections of an earlier reading. */
        Reading since(Reading earlier) {
            return new Reading(
                    active,
                    total - earlier.total,
                    CountMaps.difference(RejectReason.class, rejected, earlier.rejected),
                    peak,
                    CountMaps.difference(CloseReason.class, closed, earlier.closed));
        }

        /** Without the connections that are still open. */
        Reading ended() {
            return new Reading(0, total - active, rejected, 0, closed);
        }
    }

    public synchronized Reading read() {
        long total =
                active + closed.values().stream().mapToLong(Long::longValue).sum();
        return new Reading(active, total, new EnumMap<>(rejected), peak, new EnumMap<>(closed));
    }

    /** Counts another open connection, unless that would exceed {@code max}; 0 means no limit. */
    public synchronized boolean openedWithin(int max) {
        if (isAtLimit(max)) {
            return false;
        }
        opened();
        return true;
    }

    private boolean isAtLimit(int max) {
        return max > 0 && active + opening >= max;
    }

    private void opened() {
        active++;
        peak = Math.max(peak, active);
    }

    /**
     * Counts another connection that begins with a PROXY header or a TLS handshake, unless that would exceed {@code max}; 0 means
     * no limit.
     */
    public synchronized boolean openingWithin(int max) {
        if (isAtLimit(max)) {
            return false;
        }
        opening++;
        return true;
    }

    /** PROXY header and TLS handshake are complete: the connection is open. */
    public synchronized void openingCompleted() {
        opening--;
        opened();
    }

    /** The PROXY header or the TLS handshake has failed, or the client that the header names is not admitted. */
    public synchronized void openingRejected(RejectReason reason) {
        opening--;
        rejected(reason);
    }

    /** A connection was closed before PROXY header and TLS handshake were complete, and not because of them. */
    public synchronized void openingClosed(CloseReason reason) {
        openingCompleted();
        closed(reason);
    }

    public synchronized void closed(CloseReason reason) {
        active--;
        closed.merge(reason, 1L, Long::sum);
    }

    public synchronized void rejected(RejectReason reason) {
        rejected.merge(reason, 1L, Long::sum);
    }

    synchronized void resetPeak() {
        peak = active;
    }
}
