package dev.canyon.api.caller;

import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;

/** OpenAPI description of {@link CallerController}. */
interface CallerApi {

    @Tag(name = "Access")
    @Operation(
            operationId = "getCaller",
            summary = "Get the name and role of the caller",
            description =
                    "For clients that offer only what the caller may do. Without a required key every caller is an admin.")
    @Refuses(ProblemCode.INVALID_REQUEST)
    CallerView caller(@Parameter(hidden = true) HttpServletRequest request);
}
