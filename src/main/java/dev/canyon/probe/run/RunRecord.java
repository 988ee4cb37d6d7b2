package dev.canyon.probe.run;

import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run at one moment, or as it ended.
 *
 * @param id begins with the time, so that ids sort by it
 * @param endedAt null while it runs
 * @param progress 0 to 1
 * @param verdict null while it runs
 * @param result so far, or at the end; null if it could not begin
 * @param detail why it failed, in words; null if it did not
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

    /** Why it did not pass, in words; null if it did, or still runs. */
    public @Nullable String reason() {
        if (detail != null || result == null || verdict == null || verdict == Verdict.PASS) {
            return detail;
        }
        if (verdict == Verdict.INCONCLUSIVE) {
            return state == RunState.CANCELLED ? "it was cancelled" : "nothing came back";
        }
        return spec.thresholds().criteria(result).stream()
                .filter(criterion -> !criterion.isMet())
                .map(Criterion::toString)
                .collect(Collectors.joining("; "));
    }
}
