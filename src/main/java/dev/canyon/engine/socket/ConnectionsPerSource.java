package dev.canyon.engine.socket;

import dev.canyon.net.SourceNetwork;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts the open connections of each source. May be used from any thread. */
public final class ConnectionsPerSource {

    private final Map<SourceNetwork, Integer> counts = new ConcurrentHashMap<>();

    /**
     * Counts another connection of a source, unless that would exceed a limit.
     *
     * @param limit 0 for none
     * @return whether it was counted
     */
    public boolean countWithin(SourceNetwork source, int limit) {
        int[] before = new int[1];
        counts.compute(source, (network, count) -> {
            before[0] = count == null ? 0 : count;
            return isAtLimit(before[0], limit) ? count : Integer.valueOf(before[0] + 1);
        });
        return !isAtLimit(before[0], limit);
    }

    private static boolean isAtLimit(int count, int limit) {
        return limit > 0 && count >= limit;
    }

    /** A connection that was counted is closed. */
    public void release(SourceNetwork source) {
        counts.computeIfPresent(source, (network, count) -> decrement(count));
    }

    private static @Nullable Integer decrement(int count) {
        return count == 1 ? null : count - 1;
    }
}
