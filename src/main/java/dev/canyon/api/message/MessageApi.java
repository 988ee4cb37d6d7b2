package dev.canyon.api.message;

import dev.canyon.api.json.BodyTree;
import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The OpenAPI description of test messages. */
interface MessageApi {

    String TEXT_EXAMPLE = """
            {"text": "Hello karl"}""";

    String HEX_EXAMPLE = """
            {"hex": "48 65 6c 6c 6f", "expect": {"text": "Hello"}}""";

    String SIZE_EXAMPLE = """
            {"size": 1472, "timeoutMs": 500}""";

    String REPEAT_EXAMPLE = """
            {"text": "Hello karl", "repeat": 3, "halfClose": true}""";

    String TARGET_EXAMPLE = """
            {"target": {"protocol": "tcp", "host": "127.0.0.1", "port": 7007}, "text": "Hello karl"}""";

    @Tag(name = "Test messages")
    @Operation(
            operationId = "sendMessage",
            summary = "Send a test message to a listener",
            description =
                    "Sends the message through a socket to the bound address of the listener. The result contains the response, the"
                            + " time of each step, the local address of the client and the client address as seen by the listener. If"
                            + " the listener is not running, no packet is sent and the outcome is refused. A listener with TLS is"
                            + " met over TLS, and its certificate is trusted unless tls.trust says otherwise.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = MessageRequest.class),
                                            examples = {
                                                @ExampleObject(name = "text", value = TEXT_EXAMPLE),
                                                @ExampleObject(name = "hex", value = HEX_EXAMPLE),
                                                @ExampleObject(name = "random", value = SIZE_EXAMPLE),
                                                @ExampleObject(name = "repeated", value = REPEAT_EXAMPLE)
                                            })))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.PAYLOAD_TOO_LARGE,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE
    })
    MessageView send(@Parameter(example = "echo-tcp") String name, @Parameter(hidden = true) BodyTree body);

    @Tag(name = "Test messages")
    @Operation(
            operationId = "sendMessageTo",
            summary = "Send a test message to a target",
            description = "Sends the message to a protocol, host and port: a running listener, or a target that"
                    + " canyon.targets.allowed permits. Any other target is rejected before a packet is sent. A host name is"
                    + " resolved once; if it cannot be resolved, the outcome is dns.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = MessageRequest.class),
                                            examples = @ExampleObject(name = "target", value = TARGET_EXAMPLE))))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.TARGET_NOT_ALLOWED,
        ProblemCode.PAYLOAD_TOO_LARGE,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE
    })
    MessageView send(@Parameter(hidden = true) BodyTree body);
}
