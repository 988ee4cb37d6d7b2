package dev.canyon.api.run;

import dev.canyon.api.http.Page;
import dev.canyon.api.http.PageParameters;
import dev.canyon.api.http.WaitParameter;
import dev.canyon.api.json.BodyTree;
import dev.canyon.api.openapi.DocumentHeaders;
import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.stream.StreamResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.request.async.DeferredResult;

/** The OpenAPI description of the operations on runs. */
interface RunApi {

    String TCP_EXAMPLE = """
            {"target": {"listener": "echo-tcp"}, "connections": 10, "durationMs": 1000, "thresholds": {"p99Micros": 1000000}}""";

    String UDP_EXAMPLE = """
            {"target": {"listener": "echo-udp"}, "connections": 2, "ratePerSecond": 500, "durationMs": 1000}""";

    String TARGET_EXAMPLE = """
            {"target": {"protocol": "tcp", "host": "127.0.0.1", "port": 7007}, "messages": 1000, "pipeline": 16}""";

    String LATEST = "The id latest denotes the newest run.";

    String GET =
            "Returns the run with its result so far, or its final result. With waitMs the response is delayed until the run"
                    + " finishes or waitMs elapses. "
                    + LATEST
                    + "\n\nWith Accept: text/event-stream, and without waitMs, the server sends an event progress every second,"
                    + " whose data is the run without series and histogram, and finally an event finished, after which the"
                    + " stream ends. At most 500 streams are open at a time, including those of listener events.";

    @Tag(name = "Runs")
    @Operation(
            operationId = "startRun",
            summary = "Start a measured run",
            description =
                    "Sends numbered messages over several connections or UDP flows, at a fixed rate or as fast as possible, and"
                            + " compares every response with its message. A message without a response within timeoutMs is"
                            + " lost. At a fixed rate latency is measured from the scheduled send time of a message, so that a stall of the"
                            + " peer delays every message scheduled during it (no coordinated omission). Lost messages are not part of"
                            + " the percentiles.\n\nThe verdict is pass if every response equals its message, no connection"
                            + " failed, the loss ratio does not exceed thresholds.lossRatio, and all other thresholds are met."
                            + "\n\nThe target is a running listener, or permitted by canyon.targets.allowed. A host name is resolved"
                            + " once, before the run starts. The number of concurrent runs, their duration, rate and number of"
                            + " connections are limited by canyon.limits.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = RunRequest.class),
                                            examples = {
                                                @ExampleObject(name = "as fast as possible", value = TCP_EXAMPLE),
                                                @ExampleObject(name = "at a fixed rate", value = UDP_EXAMPLE),
                                                @ExampleObject(name = "to an address", value = TARGET_EXAMPLE)
                                            })))
    @ApiResponse(
            responseCode = "202",
            description = "The run is running",
            headers = @Header(name = DocumentHeaders.LOCATION, ref = DocumentHeaders.LOCATION_REFERENCE),
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The run finished within waitMs",
            headers = @Header(name = DocumentHeaders.LOCATION, ref = DocumentHeaders.LOCATION_REFERENCE),
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.TARGET_NOT_ALLOWED,
        ProblemCode.LISTENER_NOT_FOUND,
        ProblemCode.LISTENER_NOT_RUNNING,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.PAYLOAD_TOO_LARGE,
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        ProblemCode.SHUTTING_DOWN
    })
    @WaitParameter
    DeferredResult<ResponseEntity<RunView>> start(
            @Parameter(hidden = true) MultiValueMap<String, String> parameters,
            @Parameter(hidden = true) BodyTree body);

    @Tag(name = "Runs")
    @Operation(
            operationId = "listRuns",
            summary = "List runs",
            description =
                    "Lists running runs and the last canyon.limits.run-history finished ones, which survive a restart. Newest"
                            + " first, without series and histogram.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.CURSOR_INVALID})
    @PageParameters
    Page<RunView> list(@Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Runs")
    @Operation(operationId = "getRun", summary = "Get a run, or wait until it finishes", description = GET)
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunView.class)))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.RUN_NOT_FOUND,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.SHUTTING_DOWN
    })
    @WaitParameter
    DeferredResult<RunView> get(
            @Parameter(example = "latest") String id,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Runs")
    @Operation(operationId = "getRun", summary = "Get a run, or wait until it finishes", description = GET)
    @StreamResponse
    @ApiResponse(
            responseCode = "204",
            description = "The Last-Event-ID is finished: no events follow",
            content = @Content)
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.RUN_NOT_FOUND,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.SHUTTING_DOWN
    })
    void stream(
            @Parameter(example = "latest") String id,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException;

    @Tag(name = "Runs")
    @Operation(
            operationId = "cancelRun",
            summary = "Cancel a run",
            description =
                    "Returns when the run has finished, usually within a second. The result so far is kept and the verdict is"
                            + " inconclusive. A finished run is not changed. "
                            + LATEST)
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.RUN_NOT_FOUND})
    RunView cancel(@Parameter(example = "latest") String id);

    @Tag(name = "Clean up")
    @Operation(
            operationId = "deleteRun",
            summary = "Delete a run",
            description = "Cancels the run if it is running. Returns its last state. " + LATEST)
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.RUN_NOT_FOUND, ProblemCode.STORE_UNAVAILABLE})
    RunView delete(@Parameter(example = "latest") String id);

    @Tag(name = "Runs")
    @Operation(
            operationId = "getRunCsv",
            summary = "Download a run as CSV",
            description =
                    "CSV (RFC 4180) with the columns metric, atMs and value, one value per row. metric is the path of the value"
                            + " in the JSON of the run, for example result.latency.p99Micros. Values of the whole run have no"
                            + " atMs; for those of one second (result.series.messages and result.series.p99Micros) it is the end of that"
                            + " second. The histogram is only in the JSON. A running run has its values so far. "
                            + LATEST)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.RUN_NOT_FOUND})
    ResponseEntity<byte[]> csv(@Parameter(example = "latest") String id);

    @Tag(name = "Runs")
    @Operation(
            operationId = "getRunXml",
            summary = "Download a run as JUnit XML",
            description =
                    "JUnit XML for Jenkins, GitLab and other CI systems: one suite with a case for errors, corrupted, lossRatio"
                            + " and each other threshold, and all values as properties. A threshold that is not met is a failure with"
                            + " the measured and the expected value. If no response arrived, or the run failed, each case is an error; if"
                            + " the run was cancelled or is still running, each is skipped. "
                            + LATEST)
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/xml", schema = @Schema(type = "string")))
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.RUN_NOT_FOUND})
    ResponseEntity<byte[]> xml(@Parameter(example = "latest") String id);
}
