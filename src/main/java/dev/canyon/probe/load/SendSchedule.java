package dev.canyon.probe.load;

import dev.canyon.probe.spec.RunSpec;
import org.jspecify.annotations.Nullable;

/**
 * When messages are due at a fixed rate: at even intervals, in turn on each connection, independent of responses.
 *
 * @param perSecond rate of all connections together
 */
record SendSchedule(double perSecond, int connections) {

    private static final double NANOS = 1e9;

    /** @return null for a run without a fixed rate */
    static @Nullable SendSchedule of(RunSpec spec) {
        return spec.ratePerSecond() == null ? null : new SendSchedule(spec.ratePerSecond(), spec.connections());
    }

    /** Returns nanoseconds since sending began. */
    long dueAt(long number, int connection) {
        return (long) (((double) number * connections + connection) * NANOS / perSecond);
    }
}
