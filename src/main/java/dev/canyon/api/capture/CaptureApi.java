package dev.canyon.api.capture;

import dev.canyon.api.http.PageParameters;
import dev.canyon.api.http.WaitParameter;
import dev.canyon.api.json.BodyTree;
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
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.request.async.DeferredResult;

/** OpenAPI descriptions of {@link CaptureController}. */
interface CaptureApi {

    String EXAMPLE = """
            {"enabled": true, "maxMessages": 1000, "maxBytesPerMessage": 4096, "ttlMs": 900000}""";

    @Tag(name = "Capture")
    @Operation(
            operationId = "putCapture",
            summary = "Start a capture, or change its settings",
            description =
                    "Captures what the listener receives and sends, on open connections as well. Messages are held in memory"
                            + " until the listener is deleted or Canyon shuts down; they are kept when the listener stops. Once"
                            + " maxMessages are held, the oldest is evicted, and likewise once all captures together hold"
                            + " 64 MiB, of which each capture then gets an equal share. A second request changes the"
                            + " settings; messages that still fit are kept. enabled: false pauses the capture.",
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
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        ProblemCode.EVENT_LOOP_BLOCKED
    })
    CaptureView put(@Parameter(example = "echo-tcp") String name, @Parameter(hidden = true) BodyTree body);

    @Tag(name = "Capture")
    @Operation(
            operationId = "getCapture",
            summary = "Get the settings and state of the capture",
            description = "Without a capture, enabled is false and the settings are the defaults.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.LISTENER_NOT_FOUND})
    CaptureView get(@Parameter(example = "echo-tcp") String name);

    @Tag(name = "Capture")
    @Operation(
            operationId = "deleteCapture",
            summary = "Stop the capture and discard its messages",
            description = "Returns the last state of the capture. Has no effect if no capture exists.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.LISTENER_NOT_FOUND, ProblemCode.EVENT_LOOP_BLOCKED})
    CaptureView delete(@Parameter(example = "echo-tcp") String name);

    @Tag(name = "Capture")
    @Operation(
            operationId = "listCapturedMessages",
            summary = "List captured messages, or wait for the next",
            description =
                    "Oldest first. With waitMs the response is delayed until there is a message, unless no capture is"
                            + " enabled. A page holds fewer messages than limit if they exceed 1 MiB. For TCP a message is the data"
                            + " of one read or write, so a long message may be captured as several. Continue with nextCursor,"
                            + " which stays valid while messages are evicted; evicted is the number of messages missed. It also"
                            + " stays valid when the capture is stopped: the messages of the next capture follow it.",
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
    @PageParameters
    @WaitParameter
    DeferredResult<CapturePageView> messages(
            @Parameter(example = "echo-tcp") String name,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Capture")
    @Operation(
            operationId = "downloadCapture",
            summary = "Download the capture as pcapng",
            description =
                    "For Wireshark and tshark. Addresses, ports, directions, timestamps and payload are as captured; the IP, TCP"
                            + " and UDP headers are synthesized. A connection closed by Canyon ends with FIN in the file, even if"
                            + " RST was sent. A truncated message appears as a truncated packet. At most 4 downloads run"
                            + " concurrently.",
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
