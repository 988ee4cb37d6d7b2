package dev.canyon.probe.run;

import dev.canyon.probe.spec.Criterion;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.Verdict;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a run.
 *
 * @param id begins with the start time, so that ids sort by it
 * @param endedAt null while the run is running
 * @param progress 0 to 1
 * @param verdict null while the run is running
 * @param result so far, or final; null if the run could not start
 * @param detail why the run failed; null if it did not
 */
public record RunRecord(
        String id,
        RunState state,
        Instant startedAt,
        @Nullable Instant endedAt,
        double progress,
        @Nullable Verdict verdict,
        RunSpec spec,
        @Nullable RunResult result,
        @Nullable String detail) {

    /** Returns why the run did not pass; null if it passed or is still running. */
    public @Nullable String reason() {
        if (detail != null || result == null || verdict == null || verdict == Verdict.PASS) {
            return detail;
        }
        if (verdict == Verdict.INCONCLUSIVE) {
            return state == RunState.CANCELLED ? "cancelled" : "no response";
        }
        return spec.thresholds().criteria(result).stream()
                .filter(criterion -> !criterion.isMet())
                .map(Criterion::toString)
                .collect(Collectors.joining("; "));
    }
}
