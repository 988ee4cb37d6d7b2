package dev.canyon.api;

import dev.canyon.inspect.Following.Batch;
import dev.canyon.inspect.Following.Gap;
import dev.canyon.inspect.ListenerEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Events of listeners in the form of an event stream (HTML standard, 9.2 Server-sent events). */
final class EventText {

    /** As many as the readers who keep up have read lately. */
    private static final int REMEMBERED = 1_024;

    private final JsonMapper json;

    /** By id: most readers read the same events at about the same time, so each is put into words once. */
    private final Map<Long, byte[]> remembered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > REMEMBERED;
        }
    };

    EventText(JsonMapper json) {
        this.json = json;
    }

    /** From any thread, though there is hardly ever more than one. */
    synchronized byte[] of(Batch batch) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        Gap gap = batch.gap();
        if (gap != null) {
            // Without an id: who loses the connection now is told again.
            String missed =
                    gap.missed().isPresent() ? String.valueOf(gap.missed().getAsLong()) : "null";
            text.writeBytes(ascii("event: gap\ndata: {\"missed\":" + missed + "}\n\n"));
        }
        for (ListenerEvent event : batch.events()) {
            text.writeBytes(remembered.computeIfAbsent(event.id(), id -> of(event)));
        }
        return text.toByteArray();
    }

    private byte[] of(ListenerEvent event) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(ascii("id: " + event.id() + "\nevent: " + event.what().type() + "\ndata: "));
        text.writeBytes(json.writeValueAsBytes(EventView.of(event)));
        text.writeBytes(ascii("\n\n"));
        return text.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
