package dev.canyon.api.listener;

import dev.canyon.api.http.Page;
import dev.canyon.api.http.PageParameters;
import dev.canyon.api.json.BodyTree;
import dev.canyon.api.openapi.DocumentHeaders;
import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.openapi.Versioned;
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
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Documentation of the operations on listeners. The examples work as they stand, executed from the top of the page down.
 *
 * <p>Bodies are read as trees, so as parameters they are hidden: the operation documents their schema.
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

    String WAIT =
            "Maximum time to wait for connections to drain, in milliseconds. If it takes longer, the response is 202 and the"
                    + " operation continues. Without this parameter the call waits until the connections have drained";

    String WAIT_IF_DISABLED = "Maximum time to wait for connections to drain if the change disables the listener, in"
            + " milliseconds. If it takes longer, the response is 202 and the operation continues. Without this parameter the"
            + " call waits until the connections have drained";

    String ACCEPTED = "Connections are still draining after waitMs; the operation continues";

    @Tag(name = "Listeners")
    @Operation(
            operationId = "createListener",
            summary = "Create a listener",
            description = "Opens the listener immediately if it is enabled: 201 means that clients can connect. If the"
                    + " port cannot be opened, the response is 409 and nothing is created.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(ref = ListenerRequest.SCHEMA),
                                            examples = @ExampleObject(name = "edge-tcp", value = CREATE_EXAMPLE))))
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            headers = @Header(name = DocumentHeaders.LOCATION, ref = DocumentHeaders.LOCATION_REFERENCE))
    @Versioned
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
    ResponseEntity<ListenerView> create(@Parameter(hidden = true) BodyTree body);

    @Tag(name = "Listeners")
    @Operation(
            operationId = "listListeners",
            summary = "List listeners",
            description =
                    "Sorted by name. Request the next page with the nextCursor of the previous one; a cursor stays"
                            + " valid while listeners are created and deleted.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.CURSOR_INVALID})
    @Parameter(
            name = "protocol",
            in = ParameterIn.QUERY,
            description = "Only listeners of this protocol",
            schema = @Schema(allowableValues = {"tcp", "udp"}))
    @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            description = "Only listeners in this state",
            schema = @Schema(allowableValues = {"stopped", "starting", "running", "draining", "failed"}))
    @Parameter(
            name = "label",
            in = ParameterIn.QUERY,
            description = "Only listeners with this label, as key=value; if repeated, all labels must match",
            array = @ArraySchema(schema = @Schema(type = "string")))
    @PageParameters
    Page<ListenerView> list(@Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Listeners")
    @Operation(operationId = "getListener", summary = "Get one listener")
    @ApiResponse(responseCode = "200", description = "Definition and status")
    @Versioned
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.LISTENER_NOT_FOUND})
    ResponseEntity<ListenerView> get(@Parameter(example = "echo-tcp") String name);

    @Tag(name = "Listeners")
    @Operation(
            operationId = "putListener",
            summary = "Create or replace a listener",
            description =
                    "The name may be omitted from the body. If a change needs another socket that cannot be opened,"
                            + " the response is 409 and the previous definition remains in effect.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(ref = ListenerRequest.REPLACEMENT),
                                            examples = @ExampleObject(name = "edge-tcp", value = PUT_EXAMPLE))))
    @ApiResponse(responseCode = "200", description = "Replaced")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            headers = @Header(name = DocumentHeaders.LOCATION, ref = DocumentHeaders.LOCATION_REFERENCE),
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ListenerView.class)))
    @ApiResponse(
            responseCode = "202",
            description = ACCEPTED,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ListenerView.class)))
    @Versioned
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
    @Parameter(
            name = "waitMs",
            in = ParameterIn.QUERY,
            description = WAIT_IF_DISABLED,
            schema = @Schema(type = "integer", minimum = "0", maximum = "60000"))
    DeferredResult<ResponseEntity<ListenerView>> put(
            @Parameter(example = "edge-tcp") String name,
            @Parameter(description = "Replace only if the version of the definition is one of these") @Nullable
                    String ifMatch,
            @Parameter(description = "*: create, but never replace") @Nullable String ifNoneMatch,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters,
            @Parameter(hidden = true) BodyTree body);

    @Tag(name = "Listeners")
    @Operation(
            operationId = "patchListener",
            summary = "Change some fields of a listener",
            description =
                    "A merge patch (RFC 7396): null restores the default of a field. Name and protocol cannot be"
                            + " changed: PUT replaces a listener by one of another protocol. Limits, timeouts and labels are applied without closing connections.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/merge-patch+json",
                                        schema = @Schema(ref = ListenerRequest.PATCH),
                                        examples = @ExampleObject(name = "edge-tcp", value = PATCH_EXAMPLE)),
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(ref = ListenerRequest.PATCH),
                                        examples = @ExampleObject(name = "edge-tcp", value = PATCH_EXAMPLE))
                            }))
    @ApiResponse(responseCode = "200", description = "Changed")
    @ApiResponse(
            responseCode = "202",
            description = ACCEPTED,
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ListenerView.class)))
    @Versioned
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
    @Parameter(
            name = "waitMs",
            in = ParameterIn.QUERY,
            description = WAIT_IF_DISABLED,
            schema = @Schema(type = "integer", minimum = "0", maximum = "60000"))
    DeferredResult<ResponseEntity<ListenerView>> patch(
            @Parameter(example = "edge-tcp") String name,
            @Parameter(description = "Change only if the version of the definition is one of these") @Nullable
                    String ifMatch,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters,
            @Parameter(hidden = true) BodyTree body);

    @Tag(name = "Clean up")
    @Operation(
            operationId = "deleteListener",
            summary = "Delete a listener",
            description =
                    "Drains the connections for up to drainTimeoutMs, closes the port and deletes the listener. Returns its last state.")
    @ApiResponse(responseCode = "200", description = "The listener is deleted")
    @DrainsConnections
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.LISTENER_READ_ONLY,
        ProblemCode.PRECONDITION_FAILED,
        ProblemCode.STORE_UNAVAILABLE
    })
    DeferredResult<ResponseEntity<ListenerView>> delete(
            @Parameter(example = "edge-tcp") String name,
            @Parameter(description = "Delete only if the version of the definition is one of these") @Nullable
                    String ifMatch,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Lifecycle")
    @Operation(
            operationId = "startListener",
            summary = "Start a listener",
            description = "Opens the port and enables the listener. Has no effect if it is already running.")
    @Versioned
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
    DeferredResult<ResponseEntity<ListenerView>> start(@Parameter(example = "edge-tcp") String name);

    @Tag(name = "Lifecycle")
    @Operation(
            operationId = "stopListener",
            summary = "Stop a listener",
            description =
                    "Disables the listener and rejects new connections immediately. Open connections are drained for up to"
                            + " drainTimeoutMs. The response is sent when the listener has stopped or waitMs has elapsed. Has no effect if"
                            + " it is already stopped.")
    @ApiResponse(responseCode = "200", description = "The listener is stopped")
    @DrainsConnections
    @Versioned
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.LISTENER_NOT_FOUND, ProblemCode.STORE_UNAVAILABLE})
    DeferredResult<ResponseEntity<ListenerView>> stop(
            @Parameter(example = "edge-tcp") String name,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Lifecycle")
    @Operation(
            operationId = "restartListener",
            summary = "Stop and start a listener",
            description =
                    "Drains the connections for up to drainTimeoutMs, closes the port and opens it again. Starts the listener if it is stopped.")
    @ApiResponse(responseCode = "200", description = "The listener is running")
    @DrainsConnections
    @Versioned
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
    DeferredResult<ResponseEntity<ListenerView>> restart(
            @Parameter(example = "edge-tcp") String name,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Lifecycle")
    @Operation(
            operationId = "resetListenerCounters",
            summary = "Reset the counters of a listener",
            description = "Open connections remain counted as active.")
    @Versioned
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.LISTENER_NOT_FOUND})
    DeferredResult<ResponseEntity<ListenerView>> resetCounters(@Parameter(example = "edge-tcp") String name);
}
