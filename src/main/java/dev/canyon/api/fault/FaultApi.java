package dev.canyon.api.fault;

import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ObjectNode;

/** OpenAPI descriptions of {@link FaultController}. */
interface FaultApi {

    String EXAMPLE = """
            {"type": "latency", "delayMs": 200, "jitterMs": 50, "ttlMs": 60000}""";

    @Tag(name = "Faults")
    @Operation(
            operationId = "listFaults",
            summary = "List the faults of a listener",
            description =
                    "Faults make a listener misbehave on purpose, so that clients can be tested against it. Those of the"
                            + " definition come first, then temporary ones, in the order of their effect.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.LISTENER_NOT_FOUND})
    FaultList list(@Parameter(example = "echo-tcp") String name);

    @Tag(name = "Faults")
    @Operation(
            operationId = "addFault",
            summary = "Add a temporary fault",
            description =
                    "Takes effect on open connections as well; no connection is closed. It ends when ttlMs is over, when"
                            + " it is removed, when the listener is deleted or when Canyon shuts down. It is never stored.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(ref = "#/components/schemas/FaultRequest"))))
    @ApiResponse(responseCode = "201", description = "The fault is in force")
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.FAULT_EXISTS,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.PAYLOAD_TOO_LARGE,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        ProblemCode.EVENT_LOOP_BLOCKED
    })
    ResponseEntity<FaultView> add(
            @Parameter(example = "echo-tcp") String name, @Parameter(hidden = true) ObjectNode body);

    @Tag(name = "Faults")
    @Operation(
            operationId = "replaceFault",
            summary = "Replace a temporary fault",
            description =
                    "The fault keeps its place. If it selects the same subjects (when, per, sources, seed), its counters"
                            + " and choices continue. Its lifetime starts anew.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(ref = "#/components/schemas/FaultRequest"),
                                            examples = @ExampleObject(name = "latency", value = EXAMPLE))))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.FAULT_NOT_FOUND,
        ProblemCode.FAULT_READ_ONLY,
        ProblemCode.PAYLOAD_TOO_LARGE,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        ProblemCode.EVENT_LOOP_BLOCKED
    })
    FaultView replace(
            @Parameter(example = "echo-tcp") String name,
            @Parameter(example = "latency") String id,
            @Parameter(hidden = true) ObjectNode body);

    @Tag(name = "Faults")
    @Operation(
            operationId = "removeFault",
            summary = "Remove a temporary fault",
            description =
                    "What the fault holds back is sent immediately, in order. Returns the last state of the fault.")
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.FAULT_NOT_FOUND,
        ProblemCode.FAULT_READ_ONLY,
        ProblemCode.EVENT_LOOP_BLOCKED
    })
    FaultView remove(@Parameter(example = "echo-tcp") String name, @Parameter(example = "latency") String id);

    @Tag(name = "Clean up")
    @Operation(
            operationId = "removeTemporaryFaults",
            summary = "Remove all temporary faults of a listener",
            description = "Returns their last state. Faults of the definition remain.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.LISTENER_NOT_FOUND, ProblemCode.EVENT_LOOP_BLOCKED})
    FaultList removeTemporary(@Parameter(example = "echo-udp") String name);

    @Tag(name = "Clean up")
    @Operation(
            operationId = "removeAllTemporaryFaults",
            summary = "Remove all temporary faults of all listeners",
            description = "Faults of definitions remain.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.EVENT_LOOP_BLOCKED})
    RemovedFaults removeTemporaryOfAll();
}
