package dev.canyon.probe.run;

import org.jspecify.annotations.Nullable;

/**
 * When messages are due at a fixed rate: evenly, one connection after the other, whatever becomes of those before.
 *
 * @param perSecond of all connections together
 */
record Schedule(double perSecond, int connections) {

    private static final double NANOS = 1e9;

    /** @return null if the run is to go as fast as it can */
    static @Nullable Schedule of(RunSpec spec) {
        return spec.ratePerSecond() == null ? null : new Schedule(spec.ratePerSecond(), spec.connections());
    }

    /** In nanoseconds since sending began. */
    long dueAt(long number, int connection) {
        return (long) (((double) number * connections + connection) * NANOS / perSecond);
    }
}
