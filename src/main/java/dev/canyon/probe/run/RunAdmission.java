package dev.canyon.probe.run;

import dev.canyon.engine.kernel.Descriptors;
import dev.canyon.engine.kernel.LimitReachedException;
import dev.canyon.probe.spec.RunSpec;
import java.util.List;

/** Decides whether a run may start, by the configured limits and the remaining resources of the process. */
record RunAdmission(RunLimits limits) {

    /** File descriptors reserved for the rest of the process. */
    private static final int RESERVED_DESCRIPTORS = 64;

    /** If the target is a listener in the same process, a connection has two. */
    private static final int DESCRIPTORS_PER_CONNECTION = 2;

    private static final long MAX_PENDING_BYTES = 64 * 1024 * 1024;

    /**
     * @param running the other runs
     * @throws LimitReachedException names the limit that the run would exceed
     */
    void require(RunSpec spec, List<Run> running) {
        require(
                running.size() < limits.runs(),
                "runs",
                running.size() + " runs are in progress: wait for one to finish or cancel one",
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
        requireDescriptors(spec, running);
    }

    private static void requireMemory(RunSpec spec) {
        long bytes = (long) spec.connections() * spec.messageBytes();
        if (bytes > MAX_PENDING_BYTES) {
            throw new LimitReachedException(
                    "run-bytes",
                    "connections times messageBytes is " + bytes + "; the maximum is " + MAX_PENDING_BYTES
                            + " bytes: use fewer connections or smaller messages");
        }
    }

    private static void requireDescriptors(RunSpec spec, List<Run> running) {
        long pending = running.stream().mapToLong(Run::pendingConnections).sum() * DESCRIPTORS_PER_CONNECTION;
        long free = Descriptors.free() - RESERVED_DESCRIPTORS - pending;
        if ((long) spec.connections() * DESCRIPTORS_PER_CONNECTION > free) {
            throw new LimitReachedException(
                    "descriptors",
                    "connections is " + spec.connections() + ", each of which may use " + DESCRIPTORS_PER_CONNECTION
                            + " file descriptors; the process can open " + Math.max(free, 0)
                            + " more: use fewer connections or raise the limit (ulimit -n)");
        }
    }

    private static void require(boolean met, String limit, String actual, Object max) {
        if (!met) {
            throw new LimitReachedException(limit, actual + "; canyon.limits." + limit + " is " + max);
        }
    }
}
