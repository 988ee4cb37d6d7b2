package dev.canyon.api;

import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** What the summary says of itself. */
interface SummaryApi {

    @Tag(name = "Summary")
    @Operation(
            operationId = "getSummary",
            summary = "Totals and rates of all listeners",
            description =
                    "Counted since Canyon began: deleting a listener or resetting its counters takes nothing away."
                            + " Rates are means over the last windowMs: one to two seconds if somebody asks each second, else since"
                            + " the summary was last asked for. With thousands of listeners the numbers may be some hundred"
                            + " milliseconds old; at says when they were read.")
    @Refuses(ProblemCode.INVALID_REQUEST)
    SummaryView summary();
}
