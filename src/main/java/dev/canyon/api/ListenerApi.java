package dev.canyon.api;

import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the calls for listeners say of themselves. The examples work as they stand, from the top of the page down.
 *
 * <p>Bodies are read as trees, so as parameters they are hidden: what they may have is said by the operation.
 */
interface ListenerApi {

    String CREATE_EXAMPLE = """
            {
              "name": "edge-tcp",
              "protocol": "tcp",
              "port": 7010,
              "description": "Echo for the edge team",
              "labels": {"team": "net"}
            }""";

    String PUT_EXAMPLE = """
            {
              "protocol": "tcp",
              "port": 7010,
              "labels": {"team": "net"},
              "tcp": {"maxConnections": 500}
            }""";

    String PATCH_EXAMPLE = """
            {
              "description": "Echo for everyone",
              "tcp": {"idleTimeoutMs": 60000}
            }""";

    String ETAG = "The version of the definition, for If-Match";

    @Tag(name = "Listeners")
    @Operation(
            operationId = "createListener",
            summary = "Create a listener",
            description =
                    "Opens it at once if it is enabled: 201 means that a client can connect now. A port that cannot"
                            + " be opened is 409 and leaves nothing behind.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = ListenerRequest.class),
                                            examples = @ExampleObject(name = "edge-tcp", value = CREATE_EXAMPLE))))
    @ApiResponse(
            responseCode = "201",
            description = "It is there",
            headers = {
                @Header(name = "Location", description = "Where it is", schema = @Schema(type = "string")),
                @Header(name = "ETag", description = ETAG, schema = @Schema(type = "string"))
            })
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_EXISTS,
        ProblemCode.PORT_NOT_ALLOWED,
        ProblemCode.ADDRESS_NOT_ALLOWED,
        ProblemCode.ENDPOINT_TAKEN,
        ProblemCode.PORT_IN_USE,
        ProblemCode.PERMISSION_DENIED,
        ProblemCode.ADDRESS_UNAVAILABLE,
        ProblemCode.BIND_FAILED,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.PAYLOAD_TOO_LARGE,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        ProblemCode.STORE_UNAVAILABLE
    })
    ResponseEntity<ListenerView> create(@Parameter(hidden = true) ObjectNode body);

    @Tag(name = "Listeners")
    @Operation(
            operationId = "listListeners",
            summary = "List listeners",
            description =
                    "Sorted by name. Ask for what comes next with the nextCursor of the page before; it stays valid"
                            + " while listeners come and go.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.CURSOR_INVALID})
    @Parameter(
            name = "protocol",
            in = ParameterIn.QUERY,
            description = "Only those of this protocol",
            schema = @Schema(allowableValues = {"tcp", "udp"}))
    @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            description = "Only those in this state",
            schema = @Schema(allowableValues = {"stopped", "starting", "running", "draining", "failed"}))
    @Parameter(
            name = "label",
            in = ParameterIn.QUERY,
            description = "Only those with this label, as key=value; several must all be there",
            array = @ArraySchema(schema = @Schema(type = "string")))
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
    Page<ListenerView> list(@Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Listeners")
    @Operation(operationId = "getListener", summary = "Get one listener")
    @ApiResponse(
            responseCode = "200",
            description = "Its definition and its status",
            headers = @Header(name = "ETag", description = ETAG, schema = @Schema(type = "string")))
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.LISTENER_NOT_FOUND})
    ResponseEntity<ListenerView> get(@Parameter(example = "echo-tcp") String name);

    @Tag(name = "Listeners")
    @Operation(
            operationId = "putListener",
            summary = "Create or replace a listener",
            description = "The name may be left out of the body. If a change needs another socket and that cannot be"
                    + " opened, the answer is 409 and the old definition holds.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = ListenerRequest.class),
                                            examples = @ExampleObject(name = "edge-tcp", value = PUT_EXAMPLE))))
    @ApiResponse(
            responseCode = "200",
            description = "It was there and is replaced",
            headers = @Header(name = "ETag", description = ETAG, schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "201",
            description = "It was not there and is created",
            headers = {
                @Header(name = "Location", description = "Where it is", schema = @Schema(type = "string")),
                @Header(name = "ETag", description = ETAG, schema = @Schema(type = "string"))
            },
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ListenerView.class)))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.PORT_NOT_ALLOWED,
        ProblemCode.ADDRESS_NOT_ALLOWED,
        ProblemCode.ENDPOINT_TAKEN,
        ProblemCode.PORT_IN_USE,
        ProblemCode.PERMISSION_DENIED,
        ProblemCode.ADDRESS_UNAVAILABLE,
        ProblemCode.BIND_FAILED,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.LISTENER_READ_ONLY,
        ProblemCode.PRECONDITION_FAILED,
        ProblemCode.PAYLOAD_TOO_LARGE,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        ProblemCode.STORE_UNAVAILABLE
    })
    ResponseEntity<ListenerView> put(
            @Parameter(example = "edge-tcp") String name,
            @Parameter(description = "Replace only if it is at one of these versions") @Nullable String ifMatch,
            @Parameter(description = "*: create, but do not replace") @Nullable String ifNoneMatch,
            @Parameter(hidden = true) ObjectNode body);

    @Tag(name = "Listeners")
    @Operation(
            operationId = "patchListener",
            summary = "Change some fields of a listener",
            description = "A merge patch (RFC 7396): what is null gets its default again. Name and protocol cannot be"
                    + " changed. Limits, timeouts and labels change live and close no connection.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/merge-patch+json",
                                        schema = @Schema(type = "object"),
                                        examples = @ExampleObject(name = "edge-tcp", value = PATCH_EXAMPLE)),
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(type = "object"),
                                        examples = @ExampleObject(name = "edge-tcp", value = PATCH_EXAMPLE))
                            }))
    @ApiResponse(
            responseCode = "200",
            description = "It is changed",
            headers = @Header(name = "ETag", description = ETAG, schema = @Schema(type = "string")))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.PORT_NOT_ALLOWED,
        ProblemCode.ADDRESS_NOT_ALLOWED,
        ProblemCode.ENDPOINT_TAKEN,
        ProblemCode.PORT_IN_USE,
        ProblemCode.PERMISSION_DENIED,
        ProblemCode.ADDRESS_UNAVAILABLE,
        ProblemCode.BIND_FAILED,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.LISTENER_READ_ONLY,
        ProblemCode.PRECONDITION_FAILED,
        ProblemCode.PAYLOAD_TOO_LARGE,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        ProblemCode.STORE_UNAVAILABLE
    })
    ResponseEntity<ListenerView> patch(
            @Parameter(example = "edge-tcp") String name,
            @Parameter(description = "Change only if it is at one of these versions") @Nullable String ifMatch,
            @Parameter(hidden = true) ObjectNode patch);

    @Tag(name = "Clean up")
    @Operation(
            operationId = "deleteListener",
            summary = "Delete a listener",
            description = "Drains its connections, closes the port and forgets it. The answer is its last view.")
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.LISTENER_READ_ONLY,
        ProblemCode.PRECONDITION_FAILED,
        ProblemCode.STORE_UNAVAILABLE
    })
    ListenerView delete(
            @Parameter(example = "edge-tcp") String name,
            @Parameter(description = "Delete only if it is at one of these versions") @Nullable String ifMatch);

    @Tag(name = "Lifecycle")
    @Operation(
            operationId = "startListener",
            summary = "Start a listener",
            description = "Opens the port and keeps it enabled. Does nothing if it is running.")
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.PORT_NOT_ALLOWED,
        ProblemCode.ADDRESS_NOT_ALLOWED,
        ProblemCode.ENDPOINT_TAKEN,
        ProblemCode.PORT_IN_USE,
        ProblemCode.PERMISSION_DENIED,
        ProblemCode.ADDRESS_UNAVAILABLE,
        ProblemCode.BIND_FAILED,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.STORE_UNAVAILABLE
    })
    ResponseEntity<ListenerView> start(@Parameter(example = "edge-tcp") String name);

    @Tag(name = "Lifecycle")
    @Operation(
            operationId = "stopListener",
            summary = "Stop a listener",
            description =
                    "Refuses new connections at once, sends back what has arrived within drainTimeoutMs, and disables it."
                            + " Answers when it is stopped; does nothing if it is.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.LISTENER_NOT_FOUND, ProblemCode.STORE_UNAVAILABLE})
    ResponseEntity<ListenerView> stop(@Parameter(example = "edge-tcp") String name);

    @Tag(name = "Lifecycle")
    @Operation(
            operationId = "restartListener",
            summary = "Stop and start a listener",
            description = "Starts it if it is stopped.")
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.PORT_NOT_ALLOWED,
        ProblemCode.ADDRESS_NOT_ALLOWED,
        ProblemCode.ENDPOINT_TAKEN,
        ProblemCode.PORT_IN_USE,
        ProblemCode.PERMISSION_DENIED,
        ProblemCode.ADDRESS_UNAVAILABLE,
        ProblemCode.BIND_FAILED,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.STORE_UNAVAILABLE
    })
    ResponseEntity<ListenerView> restart(@Parameter(example = "edge-tcp") String name);

    @Tag(name = "Lifecycle")
    @Operation(
            operationId = "resetListenerCounters",
            summary = "Set a listener's counters to zero",
            description = "Connections that are open stay counted as active.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.LISTENER_NOT_FOUND})
    ResponseEntity<ListenerView> resetCounters(@Parameter(example = "edge-tcp") String name);
}
