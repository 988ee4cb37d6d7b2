package dev.canyon.api.run;

import dev.canyon.api.audit.Audited;
import dev.canyon.api.http.Cursor;
import dev.canyon.api.http.Page;
import dev.canyon.api.http.PageLimit;
import dev.canyon.api.http.QueryParameters;
import dev.canyon.api.http.WaitMs;
import dev.canyon.api.json.BodyReader;
import dev.canyon.api.json.BodyTree;
import dev.canyon.api.json.Faults;
import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.problem.RefusedException;
import dev.canyon.api.stream.EventStreams;
import dev.canyon.api.target.Destination;
import dev.canyon.api.target.TargetTls;
import dev.canyon.api.target.Targets;
import dev.canyon.api.target.TlsRequest;
import dev.canyon.api.target.UnknownHostNameException;
import dev.canyon.dial.tls.ClientTls;
import dev.canyon.net.ListenAddress;
import dev.canyon.probe.report.RunCsv;
import dev.canyon.probe.report.RunXml;
import dev.canyon.probe.run.Run;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.Runs;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.RunTarget;
import dev.canyon.probe.spec.RunTarget.OwnListener;
import dev.canyon.probe.spec.RunTarget.Remote;
import dev.canyon.settings.CanyonProperties;
import dev.canyon.settings.LimitSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Measured runs over HTTP; the operations are described in {@link RunApi}. */
@RestController
@RequestMapping(path = RunController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class RunController implements RunApi {

    static final String PATH = "/api/v1/runs";

    private static final String CSV = "text/csv;charset=UTF-8";
    private static final String LATEST = "latest";
    private static final String ID = "\\d{8}T\\d{9}-[0-9a-f]{4}";

    private final Runs runs;
    private final Targets targets;
    private final TargetTls tls;
    private final BodyReader bodies;
    private final EventStreams streams;
    private final JsonMapper json;
    private final LimitSettings limits;

    RunController(
            Runs runs,
            Targets targets,
            TargetTls tls,
            BodyReader bodies,
            EventStreams streams,
            JsonMapper json,
            CanyonProperties properties) {
        this.runs = runs;
        this.targets = targets;
        this.tls = tls;
        this.bodies = bodies;
        this.streams = streams;
        this.json = json;
        this.limits = properties.limits();
    }

    @Override
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    public DeferredResult<ResponseEntity<RunView>> start(
            @RequestParam MultiValueMap<String, String> parameters, @RequestBody BodyTree body) {
        Faults faults = new Faults();
        Duration wait = wait(parameters, faults);
        RunRequest request = bodies.read(body, RunRequest.class, faults);
        faults.throwIfAny();
        Run run = start(request.toSpec(limits), request.tls());
        return WaitMs.answer(endOrNow(run, wait).thenApply(RunController::accepted), wait);
    }

    private Run start(RunSpec plain, @Nullable TlsRequest request) {
        Destination to = find(plain.target());
        RunSpec spec = plain.over(tls.options(request, to));
        ClientTls client = tls.client(spec.tls(), to);
        try {
            String obstacle = spec.proxyHeader() == null ? to.whyHeaderRequired() : null;
            Run run = runs.start(spec, to.protocol(), to.address(), client, obstacle);
            Audited.begun();
            return run;
        } catch (RejectedExecutionException ex) {
            throw new RefusedException(ProblemCode.SHUTTING_DOWN, String.valueOf(ex.getMessage()));
        }
    }

    private Destination find(RunTarget target) {
        if (target instanceof OwnListener listener) {
            Audited.about(listener.name());
            return targets.listener(listener.name());
        }
        Remote remote = (Remote) target;
        Audited.about(new ListenAddress(remote.host(), remote.port()).toString());
        try {
            return targets.find(remote.protocol(), remote.host(), remote.port());
        } catch (UnknownHostNameException ex) {
            throw new InvalidRequestException("target.host", "cannot be dialled: " + ex.getMessage());
        }
    }

    private static ResponseEntity<RunView> accepted(RunRecord run) {
        return ResponseEntity.status(run.state().isOver() ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create(PATH + "/" + run.id()))
                .body(RunView.of(run));
    }

    @Override
    @GetMapping
    public Page<RunView> list(@RequestParam MultiValueMap<String, String> parameters) {
        Faults faults = new Faults();
        QueryParameters.check(parameters, List.of("limit", "cursor"), faults);
        int limit = PageLimit.of(parameters.getFirst("limit"), faults);
        faults.throwIfAny();
        return Page.of(before(parameters.getFirst("cursor")), limit, Run::id).map(run -> RunView.brief(run.record()));
    }

    private Stream<Run> before(@Nullable String cursor) {
        if (cursor == null) {
            return runs.newestFirst().stream();
        }
        String id = Cursor.key(cursor);
        if (!id.matches(ID)) {
            throw Cursor.invalid(cursor);
        }
        return runs.newestFirst().stream().filter(run -> run.id().compareTo(id) < 0);
    }

    @Override
    @GetMapping("/{id}")
    public DeferredResult<RunView> get(
            @PathVariable String id, @RequestParam MultiValueMap<String, String> parameters) {
        Run run = find(id);
        Faults faults = new Faults();
        Duration wait = wait(parameters, faults);
        faults.throwIfAny();
        return WaitMs.answer(endOrNow(run, wait).thenApply(RunView::of), wait);
    }

    private static Duration wait(MultiValueMap<String, String> parameters, Faults faults) {
        QueryParameters.check(parameters, List.of(WaitMs.NAME), faults);
        return WaitMs.of(parameters.getFirst(WaitMs.NAME), faults);
    }

    /** Returns the finished run, or its state when the time has passed. */
    private static CompletableFuture<RunRecord> endOrNow(Run run, Duration wait) {
        if (wait.isZero()) {
            return CompletableFuture.completedFuture(run.record());
        }
        return run.finished()
                .thenApply(Optional::of)
                .completeOnTimeout(Optional.empty(), wait.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(end -> end.orElseGet(run::record));
    }

    @Override
    @GetMapping(path = "/{id}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    public void stream(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Run run = find(id);
        if (RunProgress.LAST_ID.equals(request.getHeader("Last-Event-ID"))) {
            // Tells a browser not to reconnect (HTML standard, 9.2.3).
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return;
        }
        streams.open(request, response, () -> new RunProgress(run, json, streams::signal));
    }

    @Override
    @PostMapping("/{id}/cancel")
    public RunView cancel(@PathVariable String id) {
        return RunView.of(runs.cancel(find(id)));
    }

    @Override
    @DeleteMapping("/{id}")
    public RunView delete(@PathVariable String id) {
        return RunView.of(runs.delete(find(id)));
    }

    @Override
    @GetMapping(path = "/{id}/result.csv", produces = CSV)
    public ResponseEntity<byte[]> csv(@PathVariable String id) {
        RunRecord run = find(id).record();
        return download(run, CSV, "csv", RunCsv.of(run));
    }

    @Override
    @GetMapping(path = "/{id}/result.xml", produces = MediaType.APPLICATION_XML_VALUE)
    public ResponseEntity<byte[]> xml(@PathVariable String id) {
        RunRecord run = find(id).record();
        return download(run, MediaType.APPLICATION_XML_VALUE, "xml", RunXml.of(run));
    }

    private static ResponseEntity<byte[]> download(RunRecord run, String type, String extension, byte[] content) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"run-" + run.id() + "." + extension + "\"")
                .body(content);
    }

    private Run find(String id) {
        Optional<Run> found = id.equals(LATEST) ? runs.newestFirst().stream().findFirst() : runs.find(id);
        return found.orElseThrow(() -> new RefusedException(
                ProblemCode.RUN_NOT_FOUND,
                id.equals(LATEST)
                        ? "no runs exist: start one with POST " + path()
                        : "no run '" + id + "' exists: list the existing runs with GET " + path()));
    }

    /** The path of the runs as the caller of the current request sees it. */
    private static String path() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().getPath() + PATH;
    }
}
