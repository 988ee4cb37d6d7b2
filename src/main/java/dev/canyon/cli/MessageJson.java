package dev.canyon.cli;

import dev.canyon.probe.Attempt;
import dev.canyon.probe.MessageReport;
import dev.canyon.probe.Timing;
import dev.canyon.probe.Utf8Text;
import dev.canyon.transport.IpText;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A test message and what became of it, for programs: with the fields that the API answers with. */
final class MessageJson {

    private final JsonGenerator json;

    private MessageJson(JsonGenerator json) {
        this.json = json;
    }

    static String of(MessageReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.to(text)) {
            new MessageJson(json).write(report);
        }
        return text.toString();
    }

    private void write(MessageReport report) {
        Attempt decisive = report.decisive();
        json.writeStartObject();
        outcome(decisive);
        target(report);
        address("client", "address", "port", report.result().client());
        address("server", "remoteAddress", "remotePort", report.result().server());
        content("sent", report.sent());
        answer(decisive);
        attempts(report.attempts());
        json.writeEndObject();
    }

    private void outcome(Attempt attempt) {
        json.writeStringProperty("outcome", attempt.outcome().toString());
        json.writeStringProperty("verdict", attempt.outcome().verdict());
    }

    private void target(MessageReport report) {
        InetAddress address = report.address();
        json.writeObjectPropertyStart("target");
        json.writeStringProperty("protocol", report.protocol().toString());
        json.writeStringProperty("host", report.host());
        json.writeNumberProperty("port", report.port());
        json.writeStringProperty("address", address == null ? null : IpText.of(address));
        json.writeEndObject();
    }

    private void address(String name, String addressName, String portName, @Nullable InetSocketAddress address) {
        if (address == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        json.writeStringProperty(addressName, IpText.of(address.getAddress()));
        json.writeNumberProperty(portName, address.getPort());
        json.writeEndObject();
    }

    private void content(String name, byte[] bytes) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("bytes", bytes.length);
        json.writeBinaryProperty("base64", bytes);
        json.writeStringProperty("text", Utf8Text.of(bytes, false));
        json.writeEndObject();
    }

    private void answer(Attempt attempt) {
        content("received", attempt.received());
        timing(attempt.timing());
        json.writeStringProperty("detail", attempt.detail());
    }

    private void timing(Timing timing) {
        json.writeObjectPropertyStart("timing");
        Json.number(json, "resolvedMicros", timing.resolvedMicros());
        Json.number(json, "connectedMicros", timing.connectedMicros());
        Json.number(json, "sentMicros", timing.sentMicros());
        Json.number(json, "firstByteMicros", timing.firstByteMicros());
        Json.number(json, "lastByteMicros", timing.lastByteMicros());
        Json.number(json, "closedMicros", timing.closedMicros());
        json.writeEndObject();
    }

    private void attempts(List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            json.writeNullProperty("attempts");
            return;
        }
        json.writeArrayPropertyStart("attempts");
        for (Attempt attempt : attempts) {
            json.writeStartObject();
            outcome(attempt);
            answer(attempt);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
