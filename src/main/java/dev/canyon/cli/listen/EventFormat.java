package dev.canyon.cli.listen;

import dev.canyon.cli.shell.Json;
import dev.canyon.cli.shell.SocketUri;
import dev.canyon.net.IpText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Prints a line for each event and flushes it, so that the reader of a pipe sees it immediately. */
final class EventFormat {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final PrintWriter out;
    private final boolean json;

    EventFormat(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Prints an open endpoint. The line begins with its URI, for scripts. */
    void opened(EchoEvent event) {
        println(json ? asJson(event) : uri(event) + " " + event.detail());
    }

    void event(EchoEvent event) {
        println(json ? asJson(event) : TIME.format(event.at()) + " " + uri(event) + " " + event.detail());
    }

    /** Reports events that were discarded because the reader was too slow. */
    void discarded(long events) {
        println(
                json
                        ? "{\"type\":\"gap\",\"missed\":" + events + "}"
                        : events + " events discarded: standard output is too slow");
    }

    private void println(String line) {
        out.println(line);
        out.flush();
    }

    private static String uri(EchoEvent event) {
        return SocketUri.of(event.protocol(), event.isTls(), event.local());
    }

    private static String asJson(EchoEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.to(text)) {
            json.writeStartObject();
            json.writeStringProperty("at", event.at().toString());
            json.writeStringProperty("type", event.type());
            json.writeStringProperty("protocol", event.protocol().toString());
            address(json, "local", event.local());
            address(json, "remote", event.remote());
            json.writeStringProperty("detail", event.detail());
            json.writeNumberProperty("count", event.count());
            json.writeStringProperty("reason", event.reason());
            Long connection = event.connection();
            json.writeStringProperty("connection", connection == null ? null : connection.toString());
            Json.number(json, "receivedBytes", event.receivedBytes());
            Json.number(json, "sentBytes", event.sentBytes());
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void address(JsonGenerator json, String prefix, @Nullable InetSocketAddress address) {
        json.writeStringProperty(prefix + "Address", address == null ? null : IpText.of(address.getAddress()));
        Json.number(json, prefix + "Port", address == null ? null : (long) address.getPort());
    }
}
