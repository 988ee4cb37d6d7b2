package dev.canyon.cli.send;

import dev.canyon.cli.shell.SocketUri;
import dev.canyon.dial.tls.TlsReport;
import dev.canyon.net.IpText;
import dev.canyon.probe.Attempt;
import dev.canyon.probe.MessageReport;
import dev.canyon.probe.Timing;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The result of a test message as text. */
final class MessageText {

    private MessageText() {}

    /** @param uri the target as given */
    static String of(MessageReport report, SocketUri uri) {
        Attempt decisive = report.decisive();
        StringJoiner lines = new StringJoiner("\n");
        lines.add(decisive.outcome().verdict() + ": " + outcome(decisive));
        lines.add("target    " + target(report, uri));
        InetSocketAddress client = report.result().client();
        if (client != null) {
            lines.add("client    " + IpText.of(client));
        }
        TlsReport tls = report.result().tls();
        if (tls != null) {
            TlsText.lines(tls).forEach(lines::add);
        }
        lines.add("sent      " + PayloadText.of(report.sent()));
        lines.add("received  " + PayloadText.of(decisive.received()));
        lines.add("steps     " + steps(decisive.timing()));
        List<Attempt> attempts = report.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            lines.add("attempt " + (i + 1) + "  " + attempt(attempts.get(i)));
        }
        return lines.toString();
    }

    private static String outcome(Attempt attempt) {
        return attempt.outcome() + (attempt.detail() == null ? "" : " (" + attempt.detail() + ")");
    }

    private static String target(MessageReport report, SocketUri uri) {
        InetAddress address = report.address();
        String requested = uri.toString();
        return address == null || report.host().equalsIgnoreCase(IpText.of(address))
                ? requested
                : requested + " (" + IpText.of(address) + ")";
    }

    private static String attempt(Attempt attempt) {
        Timing timing = attempt.timing();
        String latency = timing.sentMicros() == null || timing.lastByteMicros() == null
                ? ""
                : ", " + millis(timing.lastByteMicros() - timing.sentMicros()) + " after sending";
        return outcome(attempt) + ", " + attempt.received().length + " bytes received" + latency;
    }

    private static String steps(Timing timing) {
        StringJoiner steps = new StringJoiner(", ");
        step(steps, "resolved", timing.resolvedMicros());
        step(steps, "connected", timing.connectedMicros());
        step(steps, "TLS handshake", timing.handshakeMicros());
        step(steps, "sent", timing.sentMicros());
        step(steps, "first byte", timing.firstByteMicros());
        step(steps, "last byte", timing.lastByteMicros());
        step(steps, "closed", timing.closedMicros());
        return steps.length() == 0 ? "none" : steps.toString();
    }

    private static void step(StringJoiner steps, String name, @Nullable Long micros) {
        if (micros != null) {
            steps.add(name + " " + millis(micros));
        }
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.3f ms", micros / 1000.0);
    }
}
