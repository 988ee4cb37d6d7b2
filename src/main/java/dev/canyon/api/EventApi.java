package dev.canyon.api;

import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;

/** What the calls for events say of themselves. */
interface EventApi {

    String LIST = "On all listeners, newest first. Of each listener the last 256 events are held while it exists, over"
            + " stop and start, but not over a restart of Canyon. With more than 1,024 listeners each has its share of"
            + " 262,144, and 16 at least. Ask for what comes next, which is older,"
            + " with the nextCursor of the page before; it stays valid while events come and go.";

    String STREAM =
            "\n\nWith Accept: text/event-stream, and without limit and cursor, events come as they happen: id, event"
                    + " (the type) and data (the item of the list). With Last-Event-ID the stream begins after that"
                    + " event; if one after it is held no more, with an event gap and what is held. A reader that is"
                    + " too slow misses events, and gap says so: its data is {\"missed\": n}, null if nobody knows how"
                    + " many. A comment comes after 15 s of silence. There may be 500 streams at once; they end"
                    + " when Canyon does.";

    @Tag(name = "Events")
    @Operation(operationId = "listEvents", summary = "List what happened", description = LIST + STREAM)
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.CURSOR_INVALID,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.SHUTTING_DOWN
    })
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
            description =
                    "The same as for all listeners, and the same stream, which ends when the listener is deleted.")
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.CURSOR_INVALID,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.SHUTTING_DOWN
    })
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

    @Tag(name = "Events")
    @Operation(operationId = "listEvents", summary = "List what happened", description = LIST + STREAM)
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.CURSOR_INVALID,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.SHUTTING_DOWN
    })
    @Parameter(
            name = "Last-Event-ID",
            in = ParameterIn.HEADER,
            description = "Of a stream: the last event that was read",
            schema = @Schema(type = "string"))
    void stream(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException;

    @Tag(name = "Events")
    @Operation(
            operationId = "listListenerEvents",
            summary = "List what happened on a listener",
            description =
                    "The same as for all listeners, and the same stream, which ends when the listener is deleted.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.CURSOR_INVALID,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.SHUTTING_DOWN
    })
    @Parameter(
            name = "Last-Event-ID",
            in = ParameterIn.HEADER,
            description = "Of a stream: the last event that was read",
            schema = @Schema(type = "string"))
    void streamOfOne(
            @Parameter(example = "echo-tcp") String name,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException;
}
