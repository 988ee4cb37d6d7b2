package dev.canyon.api;

import dev.canyon.api.json.Faults;
import dev.canyon.inspect.Following;
import dev.canyon.inspect.Journal;
import dev.canyon.inspect.ListenerEvent;
import dev.canyon.listener.ListenerNotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Events over HTTP. How each call is described to its users is in {@link EventApi}. */
@RestController
class EventController implements EventApi {

    private static final String ALL = "/api/v1/events";
    private static final String OF_ONE = ListenerController.PATH + "/{name}/events";

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String ID = "[1-9][0-9]{0,17}";

    private final Journal journal;
    private final EventStreams streams;
    private final EventText text;

    EventController(Journal journal, EventStreams streams, JsonMapper json) {
        this.journal = journal;
        this.streams = streams;
        this.text = new EventText(json);
        journal.whenNews(streams::wakeForNews);
    }

    @Override
    @GetMapping(path = ALL, produces = MediaType.APPLICATION_JSON_VALUE)
    public Page<EventView> list(@RequestParam MultiValueMap<String, String> parameters) {
        int limit = limit(parameters);
        return page(journal.before(idIn(parameters.getFirst("cursor")), limit + 1), limit);
    }

    @Override
    @GetMapping(path = OF_ONE, produces = MediaType.APPLICATION_JSON_VALUE)
    public Page<EventView> listOfOne(
            @PathVariable String name, @RequestParam MultiValueMap<String, String> parameters) {
        int limit = limit(parameters);
        List<ListenerEvent> events = journal.before(idIn(parameters.getFirst("cursor")), limit + 1, name)
                .orElseThrow(() -> new ListenerNotFoundException(name));
        return page(events, limit);
    }

    @Override
    @GetMapping(path = ALL, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    public void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        OptionalLong lastId = lastId(request);
        streams.open(
                request,
                response,
                () -> told(lastId.isPresent() ? journal.followAfter(lastId.getAsLong()) : journal.follow()));
    }

    @Override
    @GetMapping(path = OF_ONE, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    public void streamOfOne(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        OptionalLong lastId = lastId(request);
        streams.open(
                request,
                response,
                () -> told((lastId.isPresent() ? journal.followAfter(lastId.getAsLong(), name) : journal.follow(name))
                        .orElseThrow(() -> new ListenerNotFoundException(name))));
    }

    private StreamSource told(Following events) {
        return new FollowedEvents(events, text);
    }

    private static OptionalLong lastId(HttpServletRequest request) {
        String text = request.getHeader(LAST_EVENT_ID);
        // Empty is how a reader without one says so (HTML standard, 9.2.4).
        if (text == null || text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.matches(ID)) {
            Faults faults = new Faults();
            faults.add(LAST_EVENT_ID, "must be the id of an event, not '" + text + "'");
            faults.throwIfAny();
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static int limit(MultiValueMap<String, String> parameters) {
        Faults faults = new Faults();
        QueryNames.check(parameters, List.of("limit", "cursor"), faults);
        int limit = PageLimit.of(parameters.getFirst("limit"), faults);
        faults.throwIfAny();
        return limit;
    }

    private static long idIn(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        String key = Cursor.key(cursor);
        if (!key.matches(ID)) {
            throw Cursor.invalid(cursor);
        }
        return Long.parseLong(key);
    }

    private static Page<EventView> page(List<ListenerEvent> oneMoreThanLimit, int limit) {
        return Page.of(oneMoreThanLimit.stream(), limit, event -> String.valueOf(event.id()))
                .map(EventView::of);
    }
}
