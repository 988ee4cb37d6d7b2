package dev.canyon.cli;

import dev.canyon.transport.IpText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Prints a line for each event, and flushes it, so that whoever reads the other end has it at once. */
final class EventLines {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final PrintWriter out;
    private final boolean json;

    EventLines(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Something is open. The endpoint comes first, so that a script finds it. */
    void opened(EchoEvent event) {
        println(json ? asJson(event) : uri(event) + " " + event.detail());
    }

    void happened(EchoEvent event) {
        println(json ? asJson(event) : TIME.format(event.at()) + " " + uri(event) + " " + event.detail());
    }

    /** What was told while nobody took it away fast enough is lost, and said to be. */
    void missed(long events) {
        println(json ? "{\"type\":\"gap\",\"missed\":" + events + "}" : events + " events were too fast to print");
    }

    private void println(String line) {
        out.println(line);
        out.flush();
    }

    private static String uri(EchoEvent event) {
        return SocketUri.of(event.protocol(), event.local());
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

    private static void address(JsonGenerator json, String end, @Nullable InetSocketAddress address) {
        json.writeStringProperty(end + "Address", address == null ? null : IpText.of(address.getAddress()));
        Json.number(json, end + "Port", address == null ? null : (long) address.getPort());
    }
}
