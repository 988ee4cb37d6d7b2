package dev.canyon.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests that an HTTP client would not produce. */
public final class RawHttp {

    private final int port;
    private final String source;

    public RawHttp(int port) {
        this(port, "127.0.0.1");
    }

    /** @param source the local address of the requests */
    public RawHttp(int port, String source) {
        this.port = port;
        this.source = source;
    }

    /** A raw response. */
    public record Answer(String text) {

        public int status() {
            return Integer.parseInt(text.split(" ", 3)[1]);
        }

        public String header(String name) {
            return text.lines()
                    .takeWhile(line -> !line.isEmpty())
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }

        /** The code of the problem; fails if the response is not a problem. */
        public String code() {
            if (!text.contains("Content-Type: " + MediaType.APPLICATION_PROBLEM_JSON_VALUE)) {
                throw new AssertionError("no problem: " + text);
            }
            String json = text.substring(text.indexOf('{'), text.lastIndexOf('}') + 1);
            return JsonMapper.shared().readTree(json).path("code").stringValue();
        }
    }

    /**
     * Sends a request line and headers, one per line, without a body.
     *
     * @param head without the empty line at its end
     */
    public Answer send(String... head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(source), 0)) {
            socket.setSoTimeout(10_000);
            String request = String.join("\r\n", head) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new Answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
