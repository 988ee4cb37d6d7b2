package dev.canyon.api;

import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.util.MultiValueMap;

/** What the calls for connections say of themselves. */
interface ConnectionApi {

    @Tag(name = "Connections")
    @Operation(
            operationId = "listConnections",
            summary = "List who is connected",
            description =
                    "TCP: the open connections, oldest first, among them those of a port that the listener had before"
                            + " a change and that still drain. UDP has no connections: the 1,024 sources seen last, in the"
                            + " order of their first datagram; a stop forgets them. Ask for what comes next with the"
                            + " nextCursor of the page before; it stays valid while connections come and go.")
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
    Page<ConnectionView> list(
            @Parameter(example = "echo-tcp") String name,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Connections")
    @Operation(
            operationId = "closeConnection",
            summary = "Close a connection",
            description =
                    "Takes an id from the list of a TCP listener; UDP has no connections to close. Answers when the connection is closed, with its last view; it then"
                            + " counts as closed by the operator. With fin that is when everything has gone back to the client and"
                            + " its own FIN has come, or a second after ours; a client that goes on sending is cut off after"
                            + " drainTimeoutMs.")
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.CONNECTION_NOT_FOUND,
        ProblemCode.SHUTTING_DOWN
    })
    @Parameter(
            name = "mode",
            in = ParameterIn.QUERY,
            description = "fin sends back what has arrived, then FIN; reset sends RST at once and drops what waits",
            schema =
                    @Schema(
                            allowableValues = {"fin", "reset"},
                            defaultValue = "fin"))
    ConnectionView close(
            @Parameter(example = "echo-tcp") String name,
            @Parameter(example = "1") String id,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);
}
