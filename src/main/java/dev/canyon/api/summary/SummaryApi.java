package dev.canyon.api.summary;

import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** OpenAPI description of {@link SummaryController}. */
interface SummaryApi {

    @Tag(name = "Summary")
    @Operation(
            operationId = "getSummary",
            summary = "Totals and rates of all listeners",
            description =
                    "Counters since Canyon started; deleting a listener or resetting its counters does not reduce them."
                            + " Rates are averages over the last windowMs: one to two seconds if the summary is read every second,"
                            + " otherwise since it was last read. With thousands of listeners the values may be a few hundred"
                            + " milliseconds old; at is the time of the snapshot.")
    @Refuses(ProblemCode.INVALID_REQUEST)
    SummaryView summary();
}
