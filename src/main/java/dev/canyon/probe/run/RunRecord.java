package dev.canyon.probe.run;

import java.time.Instant;
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
        @Nullable String detail) {}
