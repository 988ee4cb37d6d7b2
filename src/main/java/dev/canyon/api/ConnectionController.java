package dev.canyon.api;

import dev.canyon.api.json.Faults;
import dev.canyon.listener.ConnectionNotFoundException;
import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerNotFoundException;
import dev.canyon.listener.Listeners;
import dev.canyon.transport.CloseMode;
import dev.canyon.transport.Peer;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Connections over HTTP. How each call is described to its users is in {@link ConnectionApi}. */
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
        Faults faults = new Faults();
        QueryNames.check(parameters, List.of("limit", "cursor"), faults);
        int limit = PageLimit.of(parameters.getFirst("limit"), faults);
        faults.throwIfAny();
        long after = idIn(parameters.getFirst("cursor"));
        return Page.of(directory.peers(name, after, limit + 1).stream(), limit, peer -> String.valueOf(peer.id()))
                .map(ConnectionView::of);
    }

    private static long idIn(@Nullable String cursor) {
        return cursor == null ? 0 : id(Cursor.key(cursor)).orElseThrow(() -> Cursor.invalid(cursor));
    }

    @Override
    @DeleteMapping("/{id}")
    public ConnectionView close(
            @PathVariable String name,
            @PathVariable String id,
            @RequestParam MultiValueMap<String, String> parameters) {
        CloseMode mode = mode(parameters);
        if (directory.find(name).isEmpty()) {
            throw new ListenerNotFoundException(name);
        }
        long known = id(id).orElseThrow(() -> new ConnectionNotFoundException(name, id));
        Peer last = listeners.closeConnection(name, known, mode);
        return ConnectionView.of(last);
    }

    private static CloseMode mode(MultiValueMap<String, String> parameters) {
        Faults faults = new Faults();
        QueryNames.check(parameters, List.of("mode"), faults);
        String word = parameters.getFirst("mode");
        if (word != null && !MODES.contains(word)) {
            faults.add("mode", "must be fin or reset, not '" + word + "'");
        }
        faults.throwIfAny();
        return "reset".equals(word) ? CloseMode.RESET : CloseMode.FIN;
    }

    /** @return nothing if the text is no id as we write them */
    private static OptionalLong id(String text) {
        return text.matches("[1-9][0-9]{0,17}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
