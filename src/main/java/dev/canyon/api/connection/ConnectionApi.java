package dev.canyon.api.connection;

import dev.canyon.api.http.Page;
import dev.canyon.api.http.PageParameters;
import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.request.async.DeferredResult;

/** OpenAPI descriptions of {@link ConnectionController}. */
interface ConnectionApi {

    @Tag(name = "Connections")
    @Operation(
            operationId = "listConnections",
            summary = "List connections",
            description =
                    "TCP: the open connections, oldest first, including connections of a previous socket that are still"
                            + " draining. UDP: the 1,024 most recent sources, ordered by their first datagram; stopping the"
                            + " listener clears them. The nextCursor of a page returns the next one; it stays valid while"
                            + " connections open and close.")
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.CURSOR_INVALID,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.EVENT_LOOP_BLOCKED
    })
    @PageParameters
    Page<ConnectionView> list(
            @Parameter(example = "echo-tcp") String name,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Connections")
    @Operation(
            operationId = "closeConnection",
            summary = "Close a connection",
            description =
                    "TCP only. Returns the last state of the connection once it is closed; it is counted as closed by operator."
                            + " With fin, that is when everything received has been echoed and the client has sent FIN, at most one"
                            + " second after Canyon sends FIN; a client that keeps sending is disconnected after drainTimeoutMs.")
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.CONNECTION_NOT_FOUND,
        ProblemCode.EVENT_LOOP_BLOCKED,
        ProblemCode.SHUTTING_DOWN
    })
    @Parameter(
            name = "mode",
            in = ParameterIn.QUERY,
            description =
                    "fin echoes what was received and sends FIN; reset sends RST immediately and discards pending data",
            schema =
                    @Schema(
                            allowableValues = {"fin", "reset"},
                            defaultValue = "fin"))
    DeferredResult<ConnectionView> close(
            @Parameter(example = "echo-tcp") String name,
            @Parameter(example = "1") String id,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);
}
