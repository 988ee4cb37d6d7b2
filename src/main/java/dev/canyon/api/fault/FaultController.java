package dev.canyon.api.fault;

import dev.canyon.api.listener.ListenerController;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.net.Protocol;
import dev.canyon.thread.EventLoopBlockedException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.node.ObjectNode;

/** Faults over HTTP. The operations are described in {@link FaultApi}. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class FaultController implements FaultApi {

    private static final String OF_LISTENER = ListenerController.PATH + "/{name}/faults";
    private static final String OF_ALL = "/api/v1/faults";

    private final ListenerDirectory directory;

    FaultController(ListenerDirectory directory) {
        this.directory = directory;
    }

    @Override
    @GetMapping(OF_LISTENER)
    public FaultList list(@PathVariable String name) {
        return new FaultList(FaultView.of(directory.faults(name).all(), protocol(name)));
    }

    @Override
    @PostMapping(path = OF_LISTENER, consumes = MediaType.APPLICATION_JSON_VALUE)
    public ResponseEntity<FaultView> add(@PathVariable String name, @RequestBody ObjectNode body) {
        FaultPoint faults = directory.faults(name);
        ListenerDefinition definition = definition(name);
        FaultRequest request = FaultRequest.read(body, null, idsMadeUp(faults, body), definition.endpoint());
        ActiveFault added = faults.add(request.fault(), request.lifetime());
        URI location = ServletUriComponentsBuilder.fromCurrentRequest()
                .replaceQuery(null)
                .pathSegment(added.id())
                .build()
                .toUri();
        return ResponseEntity.created(location).body(FaultView.of(added, definition.protocol()));
    }

    /** An id that is made up must be free; one that the body chooses is refused if it is taken. */
    private static Set<String> idsMadeUp(FaultPoint faults, ObjectNode body) {
        return body.hasNonNull("id")
                ? new HashSet<>()
                : faults.all().stream().map(ActiveFault::id).collect(Collectors.toSet());
    }

    @Override
    @PutMapping(path = OF_LISTENER + "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    public FaultView replace(@PathVariable String name, @PathVariable String id, @RequestBody ObjectNode body) {
        FaultPoint faults = directory.faults(name);
        ListenerDefinition definition = definition(name);
        FaultRequest request = FaultRequest.read(body, id, new HashSet<>(), definition.endpoint());
        return FaultView.of(faults.replace(request.fault(), request.lifetime()), definition.protocol());
    }

    @Override
    @DeleteMapping(OF_LISTENER + "/{id}")
    public FaultView remove(@PathVariable String name, @PathVariable String id) {
        return FaultView.of(directory.faults(name).remove(id), protocol(name));
    }

    @Override
    @DeleteMapping(OF_LISTENER)
    public FaultList removeTemporary(@PathVariable String name) {
        return new FaultList(FaultView.of(directory.faults(name).removeTemporary(), protocol(name)));
    }

    @Override
    @DeleteMapping(OF_ALL)
    public RemovedFaults removeTemporaryOfAll() {
        int removed = 0;
        EventLoopBlockedException blocked = null;
        for (String name : directory.all().map(listener -> listener.name()).toList()) {
            try {
                removed += remove(name).size();
            } catch (EventLoopBlockedException ex) {
                // Those of the others are removed as well.
                blocked = ex;
            }
        }
        if (blocked != null) {
            throw blocked;
        }
        return new RemovedFaults(removed);
    }

    /** A listener that is deleted meanwhile has none. */
    private List<ActiveFault> remove(String name) {
        try {
            return directory.faults(name).removeTemporary();
        } catch (ListenerNotFoundException ex) {
            return List.of();
        }
    }

    private Protocol protocol(String name) {
        return definition(name).protocol();
    }

    private ListenerDefinition definition(String name) {
        return directory
                .find(name)
                .orElseThrow(() -> new ListenerNotFoundException(name))
                .definition();
    }
}
