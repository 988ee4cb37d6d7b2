package dev.canyon.api;

import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import tools.jackson.databind.node.ObjectNode;

/** What the calls for test messages say of themselves. */
interface MessageApi {

    String TEXT_EXAMPLE = """
            {"text": "Hello karl"}""";

    String HEX_EXAMPLE = """
            {"hex": "48 65 6c 6c 6f", "expect": {"text": "Hello"}}""";

    String SIZE_EXAMPLE = """
            {"size": 1472, "timeoutMs": 500}""";

    @Tag(name = "Test messages")
    @Operation(
            operationId = "sendMessage",
            summary = "Send a test message to a listener",
            description = "Through a real socket, to the address that the listener has bound. The answer says what came"
                    + " back, when each step was done, what the client bound and what the listener saw. If the listener is"
                    + " not running no packet is sent and the outcome is refused.",
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
                                                @ExampleObject(name = "random", value = SIZE_EXAMPLE)
                                            })))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.PAYLOAD_TOO_LARGE,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE
    })
    MessageView send(@Parameter(example = "echo-tcp") String name, @Parameter(hidden = true) ObjectNode body);
}
