package dev.canyon.probe.report;

import dev.canyon.net.IpText;
import dev.canyon.probe.Attempt;
import dev.canyon.probe.MessageReport;
import dev.canyon.probe.Timing;
import dev.canyon.probe.payload.Utf8Text;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the result of a test message, in order, as a tree of maps, lists, texts, numbers and nulls, for the JSON of the command
 * line. The API has the same fields, as records that also describe them.
 */
public final class MessageFields {

    private MessageFields() {}

    public static Map<String, @Nullable Object> of(MessageReport report) {
        Attempt decisive = report.decisive();
        List<Attempt> attempts = report.attempts();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("outcome", decisive.outcome().toString());
        fields.put("verdict", decisive.outcome().verdict());
        fields.put("target", target(report));
        fields.put("client", address("address", "port", report.result().client()));
        fields.put(
                "server", address("remoteAddress", "remotePort", report.result().server()));
        fields.put("tls", TlsFields.of(report.result().tls()));
        fields.put("sent", content(report.sent()));
        fields.put("received", content(decisive.received()));
        fields.put("timing", timing(decisive.timing()));
        fields.put("detail", decisive.detail());
        fields.put(
                "attempts",
                attempts.isEmpty()
                        ? null
                        : attempts.stream().map(MessageFields::attempt).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> target(MessageReport report) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("protocol", report.protocol().toString());
        fields.put("host", report.host());
        fields.put("port", report.port());
        fields.put("address", report.address() == null ? null : IpText.of(report.address()));
        return fields;
    }

    private static @Nullable Map<String, @Nullable Object> address(
            String addressName, String portName, @Nullable InetSocketAddress address) {
        if (address == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(addressName, IpText.of(address.getAddress()));
        fields.put(portName, address.getPort());
        return fields;
    }

    private static Map<String, @Nullable Object> content(byte[] bytes) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("bytes", bytes.length);
        fields.put("base64", Base64.getEncoder().encodeToString(bytes));
        fields.put("text", Utf8Text.of(bytes, false));
        return fields;
    }

    private static Map<String, @Nullable Object> timing(Timing timing) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("resolvedMicros", timing.resolvedMicros());
        fields.put("connectedMicros", timing.connectedMicros());
        fields.put("handshakeMicros", timing.handshakeMicros());
        fields.put("sentMicros", timing.sentMicros());
        fields.put("firstByteMicros", timing.firstByteMicros());
        fields.put("lastByteMicros", timing.lastByteMicros());
        fields.put("closedMicros", timing.closedMicros());
        return fields;
    }

    private static Map<String, @Nullable Object> attempt(Attempt attempt) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("outcome", attempt.outcome().toString());
        fields.put("verdict", attempt.outcome().verdict());
        fields.put("received", content(attempt.received()));
        fields.put("timing", timing(attempt.timing()));
        fields.put("detail", attempt.detail());
        return fields;
    }
}
