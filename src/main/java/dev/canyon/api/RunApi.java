package dev.canyon.api;

import dev.canyon.api.openapi.Refuses;
import dev.canyon.api.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
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
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.node.ObjectNode;

/** What the calls for runs say of themselves. */
interface RunApi {

    String TCP_EXAMPLE = """
            {"target": {"listener": "echo-tcp"}, "connections": 10, "durationMs": 1000, "thresholds": {"p99Micros": 1000000}}""";

    String UDP_EXAMPLE = """
            {"target": {"listener": "echo-udp"}, "connections": 2, "ratePerSecond": 500, "durationMs": 1000}""";

    String TARGET_EXAMPLE = """
            {"target": {"protocol": "tcp", "host": "127.0.0.1", "port": 7007}, "messages": 1000, "pipeline": 16}""";

    String LATEST = "latest is the newest run.";

    String GET =
            "The result is what was found so far, or at the end. With waitMs the answer comes when the run is over,"
                    + " or when the time is: then it shows how far it is. "
                    + LATEST
                    + "\n\nWith Accept: text/event-stream, and without waitMs, its progress comes every second: an event progress,"
                    + " whose data is the run without series and histogram, and finished when it is over, with which the"
                    + " stream ends. There may be 500 streams at once, those of events included.";

    @Tag(name = "Runs")
    @Operation(
            operationId = "startRun",
            summary = "Start a measured run",
            description =
                    "Sends numbered messages over many connections or UDP flows, at a fixed rate or as fast as it goes, and"
                            + " compares every answer with what was sent. A message that is not answered in timeoutMs is"
                            + " lost. At a fixed rate latency counts from the moment a message was due, so a"
                            + " peer that stalls makes every message late that was due meanwhile; messages that failed have no part"
                            + " in percentiles.\n\nThe verdict is pass if every byte that came back was right, no connection"
                            + " broke, nothing was lost (or no more than thresholds.lossRatio), and all other thresholds were kept."
                            + "\n\nThe target is a running listener of Canyon, or what canyon.targets.allowed permits; the"
                            + " address is found once, before the run begins. How many runs there may be at a time, how long, how"
                            + " fast and how wide, is limited by canyon.limits.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = RunRequest.class),
                                            examples = {
                                                @ExampleObject(name = "as fast as it goes", value = TCP_EXAMPLE),
                                                @ExampleObject(name = "at a fixed rate", value = UDP_EXAMPLE),
                                                @ExampleObject(name = "to an address", value = TARGET_EXAMPLE)
                                            })))
    @ApiResponse(
            responseCode = "202",
            description = "It goes on",
            headers = @Header(name = "Location", description = "The run", schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @ApiResponse(
            responseCode = "200",
            description = "It was over within waitMs",
            headers = @Header(name = "Location", description = "The run", schema = @Schema(type = "string")),
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
    @Parameter(
            name = "waitMs",
            in = ParameterIn.QUERY,
            description = "Wait so long for its end, in milliseconds",
            example = "5000",
            schema = @Schema(type = "integer", minimum = "0", maximum = "60000", defaultValue = "0"))
    DeferredResult<ResponseEntity<RunView>> start(
            @Parameter(hidden = true) MultiValueMap<String, String> parameters,
            @Parameter(hidden = true) ObjectNode body);

    @Tag(name = "Runs")
    @Operation(
            operationId = "listRuns",
            summary = "List runs",
            description = "Newest first, without series and histogram: those that go on, and the last"
                    + " canyon.limits.run-history that are over, also after a restart.")
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.CURSOR_INVALID})
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
    Page<RunView> list(@Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Runs")
    @Operation(operationId = "getRun", summary = "Show a run, or wait for its end", description = GET)
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunView.class)))
    @Refuses({
        ProblemCode.INVALID_REQUEST,
        ProblemCode.RUN_NOT_FOUND,
        ProblemCode.LIMIT_REACHED,
        ProblemCode.SHUTTING_DOWN
    })
    @Parameter(
            name = "waitMs",
            in = ParameterIn.QUERY,
            description = "Wait so long for its end, in milliseconds",
            schema = @Schema(type = "integer", minimum = "0", maximum = "60000", defaultValue = "0"))
    DeferredResult<RunView> get(
            @Parameter(example = "latest") String id,
            @Parameter(hidden = true) MultiValueMap<String, String> parameters);

    @Tag(name = "Runs")
    @Operation(operationId = "getRun", summary = "Show a run, or wait for its end", description = GET)
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "204",
            description = "To a reader whose Last-Event-ID is finished: nothing comes any more",
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
            summary = "End a run early",
            description = "Answers when it is over, within a second or so. What it has found is kept; its verdict is"
                    + " inconclusive. A run that is over stays as it is. "
                    + LATEST)
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.RUN_NOT_FOUND})
    RunView cancel(@Parameter(example = "latest") String id);

    @Tag(name = "Clean up")
    @Operation(
            operationId = "deleteRun",
            summary = "Forget a run",
            description = "Ends it first if it goes on. Answers with its last view. " + LATEST)
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.RUN_NOT_FOUND, ProblemCode.STORE_UNAVAILABLE})
    RunView delete(@Parameter(example = "latest") String id);

    @Tag(name = "Runs")
    @Operation(
            operationId = "getRunCsv",
            summary = "Download a run as a table",
            description =
                    "CSV (RFC 4180) with the columns metric, atMs and value, and a figure in each row. metric is its path"
                            + " in the JSON of the run, for example result.latency.p99Micros. Figures of the whole run have no"
                            + " atMs; those of a second of it (result.series.messages and result.series.p99Micros) have when that second"
                            + " ended. The histogram is only in the JSON. Of a run that goes on: what was found so far. "
                            + LATEST)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.RUN_NOT_FOUND})
    ResponseEntity<byte[]> csv(@Parameter(example = "latest") String id);

    @Tag(name = "Runs")
    @Operation(
            operationId = "getRunXml",
            summary = "Download a run as a report for a CI system",
            description =
                    "In the XML form of JUnit, which Jenkins, GitLab and others read: one suite, with a case for errors,"
                            + " corrupted, lossRatio and each other threshold, and all figures as properties. A threshold that was missed is"
                            + " a failure with what was measured and what was expected. If nothing came back, or the run failed, each case is an"
                            + " error; if it was cancelled, or goes on, each is skipped. "
                            + LATEST)
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/xml", schema = @Schema(type = "string")))
    @Refuses({ProblemCode.INVALID_REQUEST, ProblemCode.RUN_NOT_FOUND})
    ResponseEntity<byte[]> xml(@Parameter(example = "latest") String id);
}
