package dev.canyon.api.run;

import dev.canyon.probe.report.RunFields;
import dev.canyon.probe.run.RunRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A run in a response. {@link RunFields} has the same fields. */
@Schema(name = "Run", description = "A measured run: its request, progress and result so far")
record RunView(
        @Schema(description = "Sorts by start time", example = "20261122T130000000-3fa2")
        String id,

        @Schema(
                description =
                        "completed: ran to its end, whatever the verdict. failed: could not run, for example because no"
                                + " connection was established",
                allowableValues = {"running", "completed", "cancelled", "failed"},
                example = "completed")
        String state,

        @Schema(description = "0 to 1, by time or by messages, whichever is further", example = "1.0")
        double progress,

        @Schema(
                description = "Null while the run is running. inconclusive: cancelled, failed, or no response arrived",
                allowableValues = {"pass", "fail", "inconclusive"},
                example = "pass")
        @Nullable
        String verdict,

        @Schema(description = "The request with all defaults; suitable for a new request")
        RunSpecView request,

        @Schema(description = "Result so far, or final result") @Nullable
        RunResultView result,

        Instant startedAt,

        @Schema(description = "Null while the run is running") @Nullable
        Instant endedAt,

        @Schema(description = "Why the run did not pass") @Nullable
        String detail) {

    static RunView of(RunRecord run) {
        return of(run, run.result() == null ? null : RunResultView.of(run.result()));
    }

    /** Omits the series and the histogram. */
    static RunView brief(RunRecord run) {
        return of(run, run.result() == null ? null : RunResultView.brief(run.result()));
    }

    private static RunView of(RunRecord run, @Nullable RunResultView result) {
        return new RunView(
                run.id(),
                run.state().toString(),
                RunFields.rounded(run.progress()),
                run.verdict() == null ? null : run.verdict().toString(),
                RunSpecView.of(run.spec()),
                result,
                run.startedAt(),
                run.endedAt(),
                run.reason());
    }
}
