package dev.canyon.api;

import dev.canyon.api.audit.Audited;
import dev.canyon.api.json.BodyReader;
import dev.canyon.api.json.Faults;
import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.api.problem.ProblemCode;
import dev.canyon.api.problem.RefusedException;
import dev.canyon.listener.ListenerDefinition;
import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerExistsException;
import dev.canyon.listener.ListenerNotFoundException;
import dev.canyon.listener.ListenerSnapshot;
import dev.canyon.listener.Listeners;
import dev.canyon.listener.StaleVersionException;
import dev.canyon.settings.CanyonProperties;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Listeners over HTTP. How each call is described to its users is in {@link ListenerApi}. */
@RestController
@RequestMapping(path = ListenerController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class ListenerController implements ListenerApi {

    static final String PATH = "/api/v1/listeners";

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Listeners listeners;
    private final ListenerDirectory directory;
    private final BodyReader bodies;
    private final JsonMapper mapper;
    private final String defaultHost;

    ListenerController(
            Listeners listeners,
            ListenerDirectory directory,
            BodyReader bodies,
            JsonMapper mapper,
            CanyonProperties properties) {
        this.listeners = listeners;
        this.directory = directory;
        this.bodies = bodies;
        this.mapper = mapper;
        this.defaultHost = properties.defaultHost();
    }

    @Override
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    public ResponseEntity<ListenerView> create(@RequestBody ObjectNode body) {
        ListenerDefinition definition = read(body);
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
    public ResponseEntity<ListenerView> put(
            @PathVariable String name,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(value = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @RequestBody ObjectNode body) {
        ListenerDefinition definition = read(named(name, body));
        if (EntityTag.createOnly(ifNoneMatch)) {
            return createOnly(definition);
        }
        if (ifMatch != null) {
            return ok(onCondition(ifMatch, () -> listeners.change(definition, requiredVersion(name, ifMatch))));
        }
        while (true) {
            try {
                return directory.find(name).isPresent()
                        ? ok(listeners.change(definition, OptionalLong.empty()))
                        : created(listeners.create(definition));
            } catch (ListenerNotFoundException | ListenerExistsException ex) {
                // It came or went since we looked: the last writer wins, so look again.
            }
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
    public ResponseEntity<ListenerView> patch(
            @PathVariable String name,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody ObjectNode patch) {
        refuseFixedFields(patch);
        return ok(onCondition(ifMatch, () -> merge(name, ifMatch, patch)));
    }

    private ListenerSnapshot merge(String name, @Nullable String ifMatch, ObjectNode patch) {
        while (true) {
            ListenerSnapshot current = require(name);
            EntityTag.required(ifMatch, current);
            ObjectNode merged = MergePatch.apply(mapper.valueToTree(ListenerView.of(current)), patch);
            try {
                return listeners.change(read(merged), OptionalLong.of(current.version()));
            } catch (StaleVersionException ex) {
                // Somebody was faster: with If-Match the next look refuses, without it the patch fits the new version
                // too.
            }
        }
    }

    private static void refuseFixedFields(ObjectNode patch) {
        Faults faults = new Faults();
        for (String fixed : List.of("name", "protocol", "status")) {
            if (patch.has(fixed)) {
                faults.add(fixed, "cannot be changed");
            }
        }
        // A merge drops what is null, so a misspelt name has to be found before it.
        BodyReader.checkNames(patch, ListenerRequest.class, faults);
        faults.throwIfAny();
    }

    @Override
    @DeleteMapping("/{name}")
    public ListenerView delete(
            @PathVariable String name,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return ListenerView.of(onCondition(ifMatch, () -> listeners.delete(name, requiredVersion(name, ifMatch))));
    }

    @Override
    @PostMapping("/{name}/start")
    public ResponseEntity<ListenerView> start(@PathVariable String name) {
        return ok(listeners.start(name));
    }

    @Override
    @PostMapping("/{name}/stop")
    public ResponseEntity<ListenerView> stop(@PathVariable String name) {
        return ok(listeners.stop(name));
    }

    @Override
    @PostMapping("/{name}/restart")
    public ResponseEntity<ListenerView> restart(@PathVariable String name) {
        return ok(listeners.restart(name));
    }

    @Override
    @PostMapping("/{name}/reset-counters")
    public ResponseEntity<ListenerView> resetCounters(@PathVariable String name) {
        return ok(listeners.resetCounters(name));
    }

    private ListenerDefinition read(ObjectNode body) {
        return bodies.read(body, ListenerRequest.class).toDefinition(defaultHost);
    }

    /** The name may be left out of a body whose path has it, but must not contradict it. */
    private static ObjectNode named(String name, ObjectNode body) {
        ObjectNode named = body.deepCopy();
        if (!body.has("name")) {
            named.put("name", name);
        } else if (body.get("name").isString()
                && !body.get("name").stringValue().equals(name)) {
            throw new InvalidRequestException("name", "must be '" + name + "' as in the path, or be left out");
        }
        return named;
    }

    /** @throws RefusedException if there is a condition, and the listener is at another version */
    private OptionalLong requiredVersion(String name, @Nullable String ifMatch) {
        return ifMatch == null ? OptionalLong.empty() : EntityTag.required(ifMatch, require(name));
    }

    /** A condition is not met by a listener that is gone, also if it went only just now (RFC 9110, 13.1.1). */
    private static ListenerSnapshot onCondition(@Nullable String ifMatch, Supplier<ListenerSnapshot> call) {
        try {
            return call.get();
        } catch (ListenerNotFoundException ex) {
            if (ifMatch == null) {
                throw ex;
            }
            throw new RefusedException(ProblemCode.PRECONDITION_FAILED, ex.getMessage() + " to match");
        }
    }

    private ListenerSnapshot require(String name) {
        return directory.find(name).orElseThrow(() -> new ListenerNotFoundException(name));
    }

    private static ResponseEntity<ListenerView> ok(ListenerSnapshot listener) {
        return ResponseEntity.ok().eTag(EntityTag.of(listener)).body(ListenerView.of(listener));
    }

    private static ResponseEntity<ListenerView> created(ListenerSnapshot listener) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .location(URI.create(PATH + "/" + listener.name()))
                .eTag(EntityTag.of(listener))
                .body(ListenerView.of(listener));
    }
}
