package dev.canyon.transport;

import java.util.EnumMap;
import java.util.Map;

/** Counts TCP connections. Locked: opening and closing one costs system calls, beside which a lock is nothing. */
public final class ConnectionCounter {

    private int active;
    private int peak;
    private long rejected;
    private final Map<CloseReason, Long> closed = new EnumMap<>(CloseReason.class);

    ConnectionCounter() {
        reset();
    }

    /**
     * One reading, consistent in itself.
     *
     * @param total all accepted so far: those active and those closed
     * @param rejected closed at once because of a limit or their source; not part of the total
     * @param peak most at one time
     */
    public record Reading(int active, long total, long rejected, int peak, Map<CloseReason, Long> closed) {}

    public synchronized Reading read() {
        long total =
                active + closed.values().stream().mapToLong(Long::longValue).sum();
        return new Reading(active, total, rejected, peak, new EnumMap<>(closed));
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

    synchronized void rejected() {
        rejected++;
    }

    final synchronized void reset() {
        peak = active;
        rejected = 0;
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, 0L);
        }
    }
}
