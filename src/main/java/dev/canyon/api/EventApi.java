package dev.canyon.api;

import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.util.MultiValueMap;

/** What the calls for events say of themselves. */
interface EventApi {

    @Tag(name = "Events")
    @Operation(
            operationId = "listEvents",
            summary = "List what happened",
            description =
                    "On all listeners, newest first. Of each listener the last 256 events are held while it exists, over"
                            + " stop and start, but not over a restart of Canyon. Ask for what comes next, which is older,"
                            + " with the nextCursor of the page before; it stays valid while events come and go.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.CURSOR_INVALID})
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "How many at most",
            schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
    @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "The nextCursor of the page before",
            schema = @Schema(type = "string"))
    Page<EventView> list(@Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Events")
    @Operation(
            operationId = "listListenerEvents",
            summary = "List what happened on a listener",
            description = "The same as for all listeners.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.CURSOR_INVALID, ProblemCode.LISTENER_NOT_FOUND})
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "How many at most",
            schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "100"))
    @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "The nextCursor of the page before",
            schema = @Schema(type = "string"))
    Page<EventView> listOfOne(
            @Parameter(example = "echo-tcp") String name,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);
}
