package dev.canyon.api.connection;

import dev.canyon.api.http.NumericId;
import dev.canyon.api.http.Page;
import dev.canyon.api.http.PageQuery;
import dev.canyon.api.http.QueryParameters;
import dev.canyon.api.http.WaitMs;
import dev.canyon.api.json.Faults;
import dev.canyon.api.listener.ListenerController;
import dev.canyon.engine.peer.CloseMode;
import dev.canyon.engine.peer.Peer;
import dev.canyon.listener.ConnectionNotFoundException;
import dev.canyon.listener.Listeners;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerNotFoundException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Connections over HTTP. The operations are described in {@link ConnectionApi}. */
@RestController
@RequestMapping(path = ListenerController.PATH + "/{name}/connections", produces = MediaType.APPLICATION_JSON_VALUE)
class ConnectionController implements ConnectionApi {

    private static final List<String> MODES = List.of("fin", "reset");

    private final Listeners listeners;
    private final ListenerDirectory directory;

    ConnectionController(Listeners listeners, ListenerDirectory directory) {
        this.listeners = listeners;
        this.directory = directory;
    }

    @Override
    @GetMapping
    public Page<ConnectionView> list(
            @PathVariable String name, @RequestParam MultiValueMap<String, String> parameters) {
        PageQuery query = PageQuery.of(parameters);
        List<Peer> peers = directory.peers(name, query.lastId().orElse(0), query.limit() + 1);
        return Page.of(peers.stream(), query.limit(), peer -> String.valueOf(peer.id()))
                .map(ConnectionView::of);
    }

    @Override
    @DeleteMapping("/{id}")
    public DeferredResult<ConnectionView> close(
            @PathVariable String name,
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> parameters) {
        CloseMode mode = mode(parameters);
        if (directory.find(name).isEmpty()) {
            throw new ListenerNotFoundException(name);
        }
        long number = NumericId.parse(id).orElseThrow(() -> new ConnectionNotFoundException(name, id));
        return WaitMs.answer(listeners.closeConnection(name, number, mode).thenApply(ConnectionView::of));
    }

    private static CloseMode mode(MultiValueMap<String, String> parameters) {
        Faults faults = new Faults();
        QueryParameters.check(parameters, List.of("mode"), faults);
        String value = parameters.getFirst("mode");
        if (value != null && !MODES.contains(value)) {
            faults.add("mode", "must be fin or reset, not '" + value + "'");
        }
        faults.throwIfAny();
        return "reset".equals(value) ? CloseMode.RESET : CloseMode.FIN;
    }
}
