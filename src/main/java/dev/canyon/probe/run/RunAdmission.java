package dev.canyon.probe.run;

import dev.canyon.transport.Descriptors;
import dev.canyon.transport.LimitReachedException;
import java.util.List;

/** Whether a run may begin: within what is configured, and within what is left of the process. */
record RunAdmission(RunLimits limits) {

    /** What must be left to the rest of the process. */
    private static final int DESCRIPTORS_LEFT = 64;

    /** With the listener in the same process, a connection has two. */
    private static final int DESCRIPTORS_PER_CONNECTION = 2;

    private static final long MOST_BYTES_WAITING = 64 * 1024 * 1024;

    /** @throws LimitReachedException if it is more than may be asked for, beside those that go on */
    void require(RunSpec spec, List<Run> going) {
        require(
                going.size() < limits.runs(),
                "runs",
                going.size() + " runs go on: wait for one or cancel it",
                limits.runs());
        require(
                spec.duration().plus(spec.warmup()).compareTo(limits.duration()) <= 0,
                "run-duration",
                "durationMs is " + spec.duration().toMillis() + " and warmupMs is "
                        + spec.warmup().toMillis(),
                limits.duration().toMillis() + " ms");
        require(
                spec.ratePerSecond() == null || spec.ratePerSecond() <= limits.ratePerSecond(),
                "run-rate",
                "ratePerSecond is " + spec.ratePerSecond(),
                limits.ratePerSecond());
        require(
                spec.connections() <= limits.connections(),
                "run-connections",
                "connections is " + spec.connections(),
                limits.connections());
        require(
                spec.messageBytes() <= limits.messageBytes(),
                "message-bytes",
                "messageBytes is " + spec.messageBytes(),
                limits.messageBytes());
        requireMemory(spec);
        requireDescriptors(spec, going);
    }

    private static void requireMemory(RunSpec spec) {
        long bytes = (long) spec.connections() * spec.messageBytes();
        if (bytes > MOST_BYTES_WAITING) {
            throw new LimitReachedException(
                    "run-bytes",
                    "connections times messageBytes is " + bytes
                            + ", and a message of each may wait in memory at once, " + MOST_BYTES_WAITING
                            + " bytes at most: ask for fewer connections or smaller messages");
        }
    }

    private static void requireDescriptors(RunSpec spec, List<Run> going) {
        long toCome = going.stream().mapToLong(Run::connectionsToCome).sum() * DESCRIPTORS_PER_CONNECTION;
        long free = Descriptors.free() - DESCRIPTORS_LEFT - toCome;
        if ((long) spec.connections() * DESCRIPTORS_PER_CONNECTION > free) {
            throw new LimitReachedException(
                    "descriptors",
                    "connections is " + spec.connections() + ", and the process may open " + Math.max(free, 0)
                            + " more descriptors, of which each connection may take " + DESCRIPTORS_PER_CONNECTION
                            + ": ask for fewer, or raise the limit (ulimit -n)");
        }
    }

    private static void require(boolean kept, String limit, String found, Object most) {
        if (!kept) {
            throw new LimitReachedException(limit, found + "; canyon.limits." + limit + " is " + most);
        }
    }
}
