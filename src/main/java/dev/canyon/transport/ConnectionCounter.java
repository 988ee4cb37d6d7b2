package dev.canyon.transport;

import java.util.EnumMap;
import java.util.Map;

/**
 * Counts TCP connections. Locked: opening and closing one costs system calls, beside which a lock is nothing. Its counts
 * never go back; what a reset hides is subtracted by {@link EndpointCounters}.
 */
public final class ConnectionCounter {

    private int active;
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
     * One reading, consistent in itself.
     *
     * @param total all accepted so far: those active and those closed
     * @param rejected closed before a byte was read, by reason; not part of the total
     * @param peak most at one time
     */
    public record Reading(
            int active, long total, Map<RejectReason, Long> rejected, int peak, Map<CloseReason, Long> closed) {

        static final Reading NONE = new ConnectionCounter().read();

        /** Both together; the peak is the larger one, since nobody knows what was open at the same time. */
        Reading plus(Reading other) {
            return new Reading(
                    active + other.active,
                    total + other.total,
                    Counts.sum(RejectReason.class, rejected, other.rejected),
                    Math.max(peak, other.peak),
                    Counts.sum(CloseReason.class, closed, other.closed));
        }

        /** Those rejected for any reason. */
        public long allRejected() {
            return rejected.values().stream().mapToLong(Long::longValue).sum();
        }

        /** Without what is in an earlier reading of ended connections. */
        Reading since(Reading earlier) {
            return new Reading(
                    active,
                    total - earlier.total,
                    Counts.difference(RejectReason.class, rejected, earlier.rejected),
                    peak,
                    Counts.difference(CloseReason.class, closed, earlier.closed));
        }

        /** Without those that are still open. */
        Reading ended() {
            return new Reading(0, total - active, rejected, 0, closed);
        }
    }

    public synchronized Reading read() {
        long total =
                active + closed.values().stream().mapToLong(Long::longValue).sum();
        return new Reading(active, total, new EnumMap<>(rejected), peak, new EnumMap<>(closed));
    }

    /** Counts one more, unless that would exceed {@code max}; 0 means no limit. */
    synchronized boolean openedWithin(int max) {
        if (max > 0 && active >= max) {
            return false;
        }
        active++;
        peak = Math.max(peak, active);
        return true;
    }

    synchronized void closed(CloseReason reason) {
        active--;
        closed.merge(reason, 1L, Long::sum);
    }

    synchronized void rejected(RejectReason reason) {
        rejected.merge(reason, 1L, Long::sum);
    }

    synchronized void resetPeak() {
        peak = active;
    }
}
