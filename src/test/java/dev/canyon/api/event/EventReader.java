package dev.canyon.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads an event stream from a plain socket, so that a test can also leave it unread. */
public final class EventReader implements AutoCloseable {

    private final Socket socket = new Socket();
    private final BufferedReader lines;

    /** One event, or a comment, whose type is then ":" */
    public record Item(@Nullable String id, String type, String data) {

        public JsonNode json() {
            return JsonMapper.shared().readTree(data);
        }
    }

    /** @param receiveBufferBytes 0 for the default */
    public EventReader(int port, String path, @Nullable String lastId, int receiveBufferBytes) throws IOException {
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        // HTTP/1.0: the body is not chunked.
        String request = "GET " + path + " HTTP/1.0\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                + (lastId == null ? "" : "Last-Event-ID: " + lastId + "\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Waits for the response headers and the preamble. */
    public EventReader begun() throws IOException {
        assertThat(lines.readLine()).startsWith("HTTP/1.1 200");
        String header;
        StringBuilder headers = new StringBuilder();
        while ((header = lines.readLine()) != null && !header.isEmpty()) {
            headers.append(header).append('\n');
        }
        assertThat(headers.toString()).contains("Content-Type: text/event-stream", "Cache-Control: no-store");
        assertThat(lines.readLine()).isEqualTo("retry: 1000");
        assertThat(lines.readLine()).isEmpty();
        return this;
    }

    /** The next event. */
    public Item event() throws IOException {
        Item item = item();
        while (item.type().equals(":")) {
            item = item();
        }
        return item;
    }

    /** The next event or comment. */
    public Item item() throws IOException {
        String id = null;
        String type = "";
        String data = "";
        String line;
        while ((line = lines.readLine()) != null && !line.isEmpty()) {
            if (line.equals(":")) {
                type = ":";
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
        return line == null ? new Item(null, "end", "") : new Item(id, type, data);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
