package dev.canyon.api.listener;

import dev.canyon.api.audit.Audited;
import dev.canyon.api.http.Cursor;
import dev.canyon.api.http.EntityTag;
import dev.canyon.api.http.Page;
import dev.canyon.api.http.QueryParameters;
import dev.canyon.api.http.WaitMs;
import dev.canyon.api.json.BodyTree;
import dev.canyon.api.json.Faults;
import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.problem.RefusedException;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.listener.ListenerExistsException;
import dev.canyon.listener.Listeners;
import dev.canyon.listener.StaleVersionException;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.settings.CanyonProperties;
import dev.canyon.thread.Futures;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.json.JsonMapper;

/** The REST controller for listeners. Its OpenAPI documentation is in {@link ListenerApi}. */
@RestController
@RequestMapping(path = ListenerController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
public class ListenerController implements ListenerApi {

    public static final String PATH = "/api/v1/listeners";

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Listeners listeners;
    private final ListenerDirectory directory;
    private final JsonMapper mapper;
    private final String defaultHost;
    private final DrainWait waits;

    ListenerController(
            Listeners listeners, ListenerDirectory directory, JsonMapper mapper, CanyonProperties properties) {
        this.listeners = listeners;
        this.directory = directory;
        this.mapper = mapper;
        this.defaultHost = properties.defaultHost();
        this.waits = new DrainWait(directory);
    }

    @Override
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    public ResponseEntity<ListenerView> create(@RequestBody BodyTree body) {
        ListenerDefinition definition = ListenerRequest.read(body, defaultHost);
        Audited.about(definition.name());
        return created(listeners.create(definition));
    }

    @Override
    @GetMapping
    public Page<ListenerView> list(@RequestParam MultiValueMap<String, String> parameters) {
        ListQuery query = ListQuery.of(parameters);
        Stream<ListenerSnapshot> from =
                query.cursor() == null ? directory.all() : directory.after(Cursor.key(query.cursor()));
        return Page.of(from.filter(query::matches), query.limit(), ListenerSnapshot::name)
                .map(ListenerView::of);
    }

    @Override
    @GetMapping("/{name}")
    public ResponseEntity<ListenerView> get(@PathVariable String name) {
        return ok(require(name));
    }

    @Override
    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    public DeferredResult<ResponseEntity<ListenerView>> put(
            @PathVariable String name,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(value = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestBody BodyTree body) {
        Optional<Duration> wait = wait(parameters);
        ListenerDefinition definition = ListenerRequest.named(name, body, defaultHost);
        if (EntityTag.createOnly(ifNoneMatch)) {
            return WaitMs.answer(CompletableFuture.completedFuture(createOnly(definition)));
        }
        CompletableFuture<Void> stored = new CompletableFuture<>();
        return waits.answer(
                name,
                ifMatch == null
                        ? createOrReplace(definition, stored)
                        : onCondition(
                                        ifMatch,
                                        () -> listeners.change(
                                                definition,
                                                requiredVersion(name, ifMatch),
                                                () -> stored.complete(null)))
                                .thenApply(ListenerController::ok),
                stored,
                wait);
    }

    /** Retries if another call creates or deletes the listener concurrently: the last write wins. */
    private CompletableFuture<ResponseEntity<ListenerView>> createOrReplace(
            ListenerDefinition definition, CompletableFuture<Void> stored) {
        if (directory.find(definition.name()).isPresent()) {
            return Recovery.onFailure(
                    listeners
                            .change(definition, OptionalLong.empty(), () -> stored.complete(null))
                            .thenApply(ListenerController::ok),
                    ListenerNotFoundException.class,
                    deleted -> createOrReplace(definition, stored));
        }
        try {
            return CompletableFuture.completedFuture(created(listeners.create(definition)));
        } catch (ListenerExistsException ex) {
            return createOrReplace(definition, stored);
        }
    }

    private ResponseEntity<ListenerView> createOnly(ListenerDefinition definition) {
        try {
            return created(listeners.create(definition));
        } catch (ListenerExistsException ex) {
            throw new RefusedException(ProblemCode.PRECONDITION_FAILED, String.valueOf(ex.getMessage()));
        }
    }

    @Override
    @PatchMapping(
            path = "/{name}",
            consumes = {MERGE_PATCH, MediaType.APPLICATION_JSON_VALUE})
    public DeferredResult<ResponseEntity<ListenerView>> patch(
            @PathVariable String name,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestBody BodyTree body) {
        Optional<Duration> wait = wait(parameters);
        ListenerPatch patch = new ListenerPatch(body);
        CompletableFuture<Void> stored = new CompletableFuture<>();
        return waits.answer(
                name,
                onCondition(ifMatch, () -> merge(name, ifMatch, patch, stored)).thenApply(ListenerController::ok),
                stored,
                wait);
    }

    /** Retries if another call changes the listener concurrently; with If-Match the retry fails, otherwise the patch is applied to the new version. */
    private CompletableFuture<ListenerSnapshot> merge(
            String name, @Nullable String ifMatch, ListenerPatch patch, CompletableFuture<Void> stored) {
        ListenerSnapshot current = require(name);
        EntityTag.required(ifMatch, current);
        return Recovery.onFailure(
                listeners.change(
                        patch.applyTo(current, mapper, defaultHost),
                        OptionalLong.of(current.version()),
                        () -> stored.complete(null)),
                StaleVersionException.class,
                stale -> merge(name, ifMatch, patch, stored));
    }

    @Override
    @DeleteMapping("/{name}")
    public DeferredResult<ResponseEntity<ListenerView>> delete(
            @PathVariable String name,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestParam MultiValueMap<String, String> parameters) {
        Optional<Duration> wait = wait(parameters);
        CompletableFuture<Void> stored = new CompletableFuture<>();
        return waits.answer(
                name,
                onCondition(
                                ifMatch,
                                () -> listeners.delete(
                                        name, requiredVersion(name, ifMatch), () -> stored.complete(null)))
                        // What is gone has no version to match.
                        .thenApply(last -> ResponseEntity.ok(ListenerView.of(last))),
                stored,
                wait);
    }

    @Override
    @PostMapping("/{name}/start")
    public DeferredResult<ResponseEntity<ListenerView>> start(@PathVariable String name) {
        return WaitMs.answer(listeners.start(name).thenApply(ListenerController::ok));
    }

    @Override
    @PostMapping("/{name}/stop")
    public DeferredResult<ResponseEntity<ListenerView>> stop(
            @PathVariable String name, @RequestParam MultiValueMap<String, String> parameters) {
        Optional<Duration> wait = wait(parameters);
        CompletableFuture<Void> stored = new CompletableFuture<>();
        return waits.answer(
                name,
                listeners.stop(name, () -> stored.complete(null)).thenApply(ListenerController::ok),
                stored,
                wait);
    }

    @Override
    @PostMapping("/{name}/restart")
    public DeferredResult<ResponseEntity<ListenerView>> restart(
            @PathVariable String name, @RequestParam MultiValueMap<String, String> parameters) {
        Optional<Duration> wait = wait(parameters);
        CompletableFuture<Void> begun = new CompletableFuture<>();
        return waits.answer(
                name,
                listeners.restart(name, () -> begun.complete(null)).thenApply(ListenerController::ok),
                begun,
                wait);
    }

    /** @return empty if the call waits until the listener has drained */
    private static Optional<Duration> wait(MultiValueMap<String, String> parameters) {
        Faults faults = new Faults();
        QueryParameters.check(parameters, List.of(WaitMs.NAME), faults);
        Optional<Duration> wait =
                Optional.ofNullable(parameters.getFirst(WaitMs.NAME)).map(text -> WaitMs.of(text, faults));
        faults.throwIfAny();
        return wait;
    }

    @Override
    @PostMapping("/{name}/reset-counters")
    public DeferredResult<ResponseEntity<ListenerView>> resetCounters(@PathVariable String name) {
        return WaitMs.answer(listeners.resetCounters(name).thenApply(ListenerController::ok));
    }

    /** @throws RefusedException if there is a condition and the listener is at another version */
    private OptionalLong requiredVersion(String name, @Nullable String ifMatch) {
        return ifMatch == null ? OptionalLong.empty() : EntityTag.required(ifMatch, require(name));
    }

    /** A condition is not met by a listener that does not exist, also if it was deleted just now (RFC 9110, 13.1.1). */
    private static CompletableFuture<ListenerSnapshot> onCondition(
            @Nullable String ifMatch, Supplier<CompletableFuture<ListenerSnapshot>> call) {
        CompletableFuture<ListenerSnapshot> answer = Futures.attempt(call);
        return ifMatch == null
                ? answer
                : Recovery.onFailure(answer, ListenerNotFoundException.class, ex -> {
                    throw new RefusedException(ProblemCode.PRECONDITION_FAILED, ex.getMessage() + " to match");
                });
    }

    private ListenerSnapshot require(String name) {
        return directory.find(name).orElseThrow(() -> new ListenerNotFoundException(name));
    }

    static ResponseEntity<ListenerView> ok(ListenerSnapshot listener) {
        return ResponseEntity.ok().eTag(EntityTag.of(listener)).body(ListenerView.of(listener));
    }

    private static ResponseEntity<ListenerView> created(ListenerSnapshot listener) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .location(URI.create(PATH + "/" + listener.name()))
                .eTag(EntityTag.of(listener))
                .body(ListenerView.of(listener));
    }
}
