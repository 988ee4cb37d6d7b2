package dev.canyon.api;

import dev.canyon.probe.run.RunRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run as it goes out. */
@Schema(
        name = "Run",
        description = "A measured run: what it was asked to do, how far it is, and what it has found so far")
record RunView(
        @Schema(description = "Later runs have later ids", example = "20261122T130000000-3fa2")
        String id,

        @Schema(
                description = "completed went to its end, well or not; failed could not be made",
                allowableValues = {"running", "completed", "cancelled", "failed"},
                example = "completed")
        String state,

        @Schema(description = "0 to 1, by time or by messages, whichever is further", example = "1.0")
        double progress,

        @Schema(
                description = "Null while it runs. inconclusive if it was cancelled, could not be made, or nothing came"
                        + " back",
                allowableValues = {"pass", "fail", "inconclusive"},
                example = "pass",
                nullable = true)
        @Nullable
        String verdict,

        @Schema(description = "With every default filled in, so that it can be posted again")
        RunRequest request,

        @Schema(description = "So far, or at the end", nullable = true) @Nullable
        RunResultView result,

        Instant startedAt,

        @Schema(description = "Null while it runs", nullable = true) @Nullable
        Instant endedAt,

        @Schema(description = "Why it did not pass, in words", nullable = true) @Nullable
        String detail) {

    static RunView of(RunRecord run) {
        return of(run, run.result() == null ? null : RunResultView.of(run.result()));
    }

    /** Without what makes it long: the series and the histogram. */
    static RunView brief(RunRecord run) {
        return of(run, run.result() == null ? null : RunResultView.brief(run.result()));
    }

    private static RunView of(RunRecord run, @Nullable RunResultView result) {
        return new RunView(
                run.id(),
                run.state().toString(),
                RunResultView.rounded(run.progress()),
                run.verdict() == null ? null : run.verdict().toString(),
                RunRequest.of(run.spec()),
                result,
                run.startedAt(),
                run.endedAt(),
                run.reason());
    }
}
