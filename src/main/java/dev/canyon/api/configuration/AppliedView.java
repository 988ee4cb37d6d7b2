package dev.canyon.api.configuration;

import dev.canyon.api.problem.Problem;
import dev.canyon.api.problem.ProblemCode;
import dev.canyon.listener.ApplyResult;
import dev.canyon.listener.directory.ListenerState.Failed;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of applying a document. */
@Schema(description = "Result for each listener")
record AppliedView(boolean dryRun, List<Item> items) {

    record Item(
            @Schema(example = "edge-tcp") String name,

            @Schema(
                    allowableValues = {"created", "updated", "unchanged", "deleted", "failed"},
                    description =
                            "failed: the definition is applied, but the port could not be bound or is not allowed; retried")
            String result,

            @Nullable Problem problem) {

        static Item of(ApplyResult applied) {
            Failed failure = applied.failure();
            return new Item(
                    applied.name(),
                    applied.result().toString(),
                    failure == null
                            ? null
                            : Problem.of(ProblemCode.valueOf(failure.reason().name()), failure.detail()));
        }
    }

    static AppliedView of(boolean dryRun, List<ApplyResult> applied) {
        return new AppliedView(dryRun, applied.stream().map(Item::of).toList());
    }
}
