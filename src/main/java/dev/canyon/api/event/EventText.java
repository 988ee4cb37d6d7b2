package dev.canyon.api.event;

import dev.canyon.inspect.event.EventSubscription.Batch;
import dev.canyon.inspect.event.EventSubscription.Gap;
import dev.canyon.inspect.event.ListenerEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Formats events as server-sent events (HTML standard, section 9.2). */
final class EventText {

    private static final int CACHED_EVENTS = 1_024;

    private final JsonMapper json;

    /** By id: most clients read the same events at about the same time, so each event is formatted once. */
    private final Map<Long, byte[]> cache = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > CACHED_EVENTS;
        }
    };

    EventText(JsonMapper json) {
        this.json = json;
    }

    /** May be called from any thread; usually that of the event streams. */
    synchronized byte[] of(Batch batch) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Gap gap = batch.gap();
        if (gap != null) {
            // Without an id: a client that reconnects now receives the gap again.
            String missed =
                    gap.missed().isPresent() ? String.valueOf(gap.missed().getAsLong()) : "null";
            text.writeBytes(ascii("event: gap\ndata: {\"missed\":" + missed + "}\n\n"));
        }
        for (ListenerEvent event : batch.events()) {
            text.writeBytes(cache.computeIfAbsent(event.id(), id -> of(event)));
        }
        return text.toByteArray();
    }

    private byte[] of(ListenerEvent event) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(ascii("id: " + event.id() + "\nevent: " + event.detail().type() + "\ndata: "));
        text.writeBytes(json.writeValueAsBytes(EventView.of(event)));
        text.writeBytes(ascii("\n\n"));
        return text.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
