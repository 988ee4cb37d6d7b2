package dev.canyon.api;

import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.node.ObjectNode;

/** What the calls for captured traffic say of themselves. */
interface CaptureApi {

    String EXAMPLE = """
            {"enabled": true, "maxMessages": 1000, "maxBytesPerMessage": 4096, "ttlMs": 900000}""";

    @Tag(name = "Capture")
    @Operation(
            operationId = "putCapture",
            summary = "Capture what a listener receives and sends",
            description =
                    "Holds for connections that are open, too. Messages are kept in memory only, until the listener is"
                            + " deleted or Canyon ends; stopping the listener keeps them. When there are maxMessages the oldest"
                            + " makes room, and so it does when all captures together hold 64 MiB: each may then keep an"
                            + " equal share. Sent again it changes the"
                            + " settings; what is held stays as far as it fits. enabled: false pauses.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = CaptureRequest.class),
                                            examples = @ExampleObject(name = "defaults", value = EXAMPLE))))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.PAYLOAD_TOO_LARGE,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE
    })
    CaptureView put(@Parameter(example = "echo-tcp") String name, @Parameter(hidden = true) ObjectNode body);

    @Tag(name = "Capture")
    @Operation(
            operationId = "getCapture",
            summary = "Show the settings and how much is held",
            description = "Without a capture: enabled is false, the settings are the defaults, and nothing is held.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.LISTENER_NOT_FOUND})
    CaptureView get(@Parameter(example = "echo-tcp") String name);

    @Tag(name = "Capture")
    @Operation(
            operationId = "deleteCapture",
            summary = "End the capture and forget its messages",
            description = "Answers with its last view. Without a capture it does nothing.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.LISTENER_NOT_FOUND})
    CaptureView delete(@Parameter(example = "echo-tcp") String name);

    @Tag(name = "Capture")
    @Operation(
            operationId = "listCapturedMessages",
            summary = "Read captured messages, or wait for the next",
            description =
                    "Oldest first; fewer than limit where they are long, 1 MiB together. On TCP a message is what one"
                            + " read or one write carried, so a long one may be several. Go on with nextCursor, which stays"
                            + " valid while messages are evicted; evicted then says how many"
                            + " were missed. It stays valid also when the capture ends: all of a later one comes after it.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content = @Content(schema = @Schema(implementation = CapturePageView.class))))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.CURSOR_INVALID,
        ProblemCode.FORBIDDEN,
        ProblemCode.LISTENER_NOT_FOUND
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
    @Parameter(
            name = "waitMs",
            in = ParameterIn.QUERY,
            description = "If there is nothing yet, wait so long for a message, in milliseconds; not while nothing is"
                    + " captured",
            schema = @Schema(type = "integer", minimum = "0", maximum = "60000", defaultValue = "0"))
    DeferredResult<CapturePageView> messages(
            @Parameter(example = "echo-tcp") String name,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Capture")
    @Operation(
            operationId = "downloadCapture",
            summary = "Download the capture for Wireshark",
            description =
                    "As pcapng. Addresses, ports, directions, times and payload are the real ones; IP, TCP and UDP"
                            + " headers are made up around them: of a connection that Canyon cut off the file says FIN,"
                            + " where the wire may have had RST. A message that was cut off shows as a packet that was."
                            + " There may be 4 downloads at once.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = "application/x-pcapng",
                                            schema = @Schema(type = "string", format = "binary"))))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.FORBIDDEN,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.LIMIT_REACHED
    })
    void download(@Parameter(example = "echo-tcp") String name, @Parameter(hidden = true) HttpServletResponse response)
            throws IOException;
}
