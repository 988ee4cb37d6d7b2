package dev.canyon.api.event;

import dev.canyon.api.http.NumericId;
import dev.canyon.api.http.Page;
import dev.canyon.api.http.PageQuery;
import dev.canyon.api.listener.ListenerController;
import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.api.stream.EventStreams;
import dev.canyon.api.stream.StreamSource;
import dev.canyon.inspect.event.EventLog;
import dev.canyon.inspect.event.EventSubscription;
import dev.canyon.inspect.event.ListenerEvent;
import dev.canyon.listener.directory.ListenerNotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Events over HTTP. The operations are described in {@link EventApi}. */
@RestController
class EventController implements EventApi {

    private static final String ALL = "/api/v1/events";
    private static final String OF_ONE = ListenerController.PATH + "/{name}/events";

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final EventLog eventLog;
    private final EventStreams streams;
    private final EventText text;

    EventController(EventLog eventLog, EventStreams streams, JsonMapper json) {
        this.eventLog = eventLog;
        this.streams = streams;
        this.text = new EventText(json);
        eventLog.onEvent(streams::signal);
    }

    @Override
    @GetMapping(path = ALL, produces = MediaType.APPLICATION_JSON_VALUE)
    public Page<EventView> list(@RequestParam MultiValueMap<String, String> parameters) {
        PageQuery query = PageQuery.of(parameters);
        return page(eventLog.before(beforeId(query), query.limit() + 1), query);
    }

    @Override
    @GetMapping(path = OF_ONE, produces = MediaType.APPLICATION_JSON_VALUE)
    public Page<EventView> listOfOne(
            @PathVariable String name, @RequestParam MultiValueMap<String, String> parameters) {
        PageQuery query = PageQuery.of(parameters);
        List<ListenerEvent> events = eventLog.before(beforeId(query), query.limit() + 1, name)
                .orElseThrow(() -> new ListenerNotFoundException(name));
        return page(events, query);
    }

    @Override
    @GetMapping(path = ALL, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    public void stream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        OptionalLong lastId = lastId(request);
        streams.open(
                request,
                response,
                () -> source(lastId.isPresent() ? eventLog.followAfter(lastId.getAsLong()) : eventLog.follow()));
    }

    @Override
    @GetMapping(path = OF_ONE, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    public void streamOfOne(@PathVariable String name, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        OptionalLong lastId = lastId(request);
        streams.open(
                request,
                response,
                () -> source(
                        (lastId.isPresent() ? eventLog.followAfter(lastId.getAsLong(), name) : eventLog.follow(name))
                                .orElseThrow(() -> new ListenerNotFoundException(name))));
    }

    private StreamSource source(EventSubscription events) {
        return new FollowedEvents(events, text);
    }

    private static OptionalLong lastId(HttpServletRequest request) {
        String text = request.getHeader(LAST_EVENT_ID);
        // An empty header is the same as none (HTML standard, section 9.2.4).
        if (text == null || text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong id = NumericId.parse(text);
        if (id.isEmpty()) {
            throw new InvalidRequestException(LAST_EVENT_ID, "must be the id of an event, not '" + text + "'");
        }
        return id;
    }

    private static long beforeId(PageQuery query) {
        return query.lastId().orElse(Long.MAX_VALUE);
    }

    private static Page<EventView> page(List<ListenerEvent> oneMoreThanLimit, PageQuery query) {
        return Page.of(oneMoreThanLimit.stream(), query.limit(), event -> String.valueOf(event.id()))
                .map(EventView::of);
    }
}
