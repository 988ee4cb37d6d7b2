package dev.canyon.api;

import dev.canyon.api.problem.Problem;
import dev.canyon.api.problem.ProblemCode;
import dev.canyon.listener.Applied;
import dev.canyon.listener.ListenerState.Failed;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a document. */
@Schema(description = "What became of each listener")
record AppliedView(boolean dryRun, List<Item> items) {

    record Item(
            @Schema(example = "edge-tcp") String name,

            @Schema(
                    allowableValues = {"created", "updated", "unchanged", "deleted", "failed"},
                    description =
                            "failed: it is as the document says, but its port could not be bound, or is not allowed; tried again")
            String result,

            @Schema(nullable = true) @Nullable Problem problem) {

        static Item of(Applied applied) {
            Failed failure = applied.failure();
            return new Item(
                    applied.name(),
                    applied.result().toString(),
                    failure == null
                            ? null
                            : Problem.of(ProblemCode.valueOf(failure.reason().name()), failure.detail()));
        }
    }

    static AppliedView of(boolean dryRun, List<Applied> applied) {
        return new AppliedView(dryRun, applied.stream().map(Item::of).toList());
    }
}
