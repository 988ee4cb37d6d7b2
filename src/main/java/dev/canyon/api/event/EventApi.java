package dev.canyon.api.event;

import dev.canyon.api.http.Page;
import dev.canyon.api.http.PageParameters;
import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.stream.StreamResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.util.MultiValueMap;

/** OpenAPI descriptions of {@link EventController}. */
interface EventApi {

    String LIST =
            "Events of all listeners, newest first. The last 256 events of each listener are held until it is deleted;"
                    + " a restart of Canyon clears them. With more than 1,024 listeners, each holds an equal share of 262,144"
                    + " events, and at least 16. A third is reserved for events of the listener itself, a third for repeated"
                    + " events, and a third for accepted and closed connections; none of them evicts the others. What one"
                    + " source repeats (rejected, dropped, probes) is one event with count, firstAt and at; so are repeated"
                    + " failures to open the port. Each repeat gives that event a new id, at most once per second, and"
                    + " keeps its firstId. A connection is listed as accepted once it is known not to be a probe: after"
                    + " one second or when it is closed. Messages are not events: read them from the capture. The nextCursor"
                    + " of a page returns older events; it stays valid while events are added and evicted.";

    String STREAM =
            "\n\nWith Accept: text/event-stream, and without limit and cursor, the response is a stream of live events:"
                    + " id, event (the type) and data (the item of the list). With Last-Event-ID, the stream starts after"
                    + " that event. If later events have been evicted, it starts with an event gap, followed by the events"
                    + " still held. Of an event that was repeated meanwhile, possibly only the latest state is sent;"
                    + " it replaces the one with the same firstId. A client that reads too slowly misses events, which is reported as a gap as well: its"
                    + " data is {\"missed\": n}, or null if the number is unknown. After 15 s without an event a comment is"
                    + " sent. At most 500 streams can be open; they end when Canyon shuts down.";

    @Tag(name = "Events")
    @Operation(operationId = "listEvents", summary = "List or stream events", description = LIST + STREAM)
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.CURSOR_INVALID,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.SHUTTING_DOWN
    })
    @PageParameters
    Page<EventView> list(@Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Events")
    @Operation(
            operationId = "listListenerEvents",
            summary = "List or stream events of a listener",
            description = "As for all listeners. The stream ends when the listener is deleted.")
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.CURSOR_INVALID,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.SHUTTING_DOWN
    })
    @PageParameters
    Page<EventView> listOfOne(
            @Parameter(example = "echo-tcp") String name,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Events")
    @Operation(operationId = "listEvents", summary = "List or stream events", description = LIST + STREAM)
    @StreamResponse
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.CURSOR_INVALID,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.SHUTTING_DOWN
    })
    @Parameter(
            name = "Last-Event-ID",
            in = ParameterIn.HEADER,
            description = "Stream only: id of the last event received",
            schema = @Schema(type = "string"))
    void stream(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException;

    @Tag(name = "Events")
    @Operation(
            operationId = "listListenerEvents",
            summary = "List or stream events of a listener",
            description = "As for all listeners. The stream ends when the listener is deleted.")
    @StreamResponse
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
            description = "Stream only: id of the last event received",
            schema = @Schema(type = "string"))
    void streamOfOne(
            @Parameter(example = "echo-tcp") String name,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException;
}
