package dev.canyon.cli.run;

import dev.canyon.cli.shell.SocketUri;
import dev.canyon.dial.OutgoingProxyHeader;
import dev.canyon.net.IpText;
import dev.canyon.probe.report.RunFields;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.spec.Latency;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.TlsFigures;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A finished run as text. */
final class RunText {

    private RunText() {}

    /** @param dialled the dialled address of the target */
    static String of(RunRecord run, SocketUri uri, InetAddress dialled) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(run.verdict() + (run.reason() == null ? "" : ": " + run.reason()));
        lines.add("target    " + uri
                + (uri.host().equalsIgnoreCase(IpText.of(dialled)) ? "" : " (" + IpText.of(dialled) + ")"));
        lines.add("load      " + load(run.spec()));
        RunResult result = run.result();
        if (result != null) {
            lines.add("messages  " + messages(result));
            lines.add("errors    " + errors(result));
            TlsFigures tls = result.tls();
            if (tls != null) {
                lines.add("tls       " + tls(tls));
            }
            lines.add("rate      " + rate(result));
            lines.add("latency   " + latency(result.latency()));
        }
        return lines.toString();
    }

    private static String load(RunSpec spec) {
        StringJoiner parts = new StringJoiner(", ");
        parts.add(spec.connections() + (spec.connections() == 1 ? " connection" : " connections"));
        parts.add(spec.messageBytes() + " bytes per message");
        parts.add(spec.ratePerSecond() == null ? "as fast as possible" : plain(spec.ratePerSecond()) + " messages/s");
        if (spec.pipeline() > 0) {
            parts.add(spec.pipeline() + " in flight per connection");
        }
        OutgoingProxyHeader header = spec.proxyHeader();
        if (header != null) {
            parts.add("PROXY header version " + header.version()
                    + (header.source() == null ? "" : " from " + IpText.of(header.source())));
        }
        if (!spec.warmup().isZero()) {
            parts.add(seconds(spec.warmup()) + " warm-up");
        }
        return parts.toString();
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    private static String messages(RunResult result) {
        return String.format(
                Locale.ROOT,
                "%,d sent, %,d received, %,d lost (%.3f %%), %,d late, %,d duplicated, %,d reordered, %,d corrupted, %,d unsent",
                result.sent(),
                result.received(),
                result.lost(),
                result.lossRatio() * 100,
                result.late(),
                result.duplicated(),
                result.reordered(),
                result.corrupted(),
                result.unsent());
    }

    private static String errors(RunResult result) {
        StringJoiner errors = new StringJoiner(", ");
        RunFields.errors(result).forEach((outcome, count) -> errors.add(count + " " + outcome));
        return errors.length() == 0 ? "none" : errors.toString();
    }

    private static String tls(TlsFigures tls) {
        StringJoiner parts = new StringJoiner(", ");
        parts.add(tls.handshakes() + (tls.handshakes() == 1 ? " handshake" : " handshakes"));
        tls.protocols().forEach((protocol, count) -> parts.add(count + " " + protocol));
        Latency latency = tls.latency();
        if (latency != null) {
            parts.add("p50 " + millis(latency.p50Micros()));
            parts.add("max " + millis(latency.maxMicros()));
        }
        RunFields.failures(tls).forEach((fault, count) -> parts.add(count + " failed: " + fault));
        return parts + (tls.firstFailure() == null ? "" : " (" + tls.firstFailure() + ")");
    }

    private static String rate(RunResult result) {
        return String.format(
                Locale.ROOT,
                "%,.1f messages/s, %,.0f bytes/s each way over %.3f s",
                result.messagesPerSecond(),
                result.bytesPerSecond(),
                result.seconds());
    }

    private static String latency(@Nullable Latency latency) {
        return latency == null
                ? "unknown"
                : "min " + millis(latency.minMicros()) + ", mean " + millis(latency.meanMicros()) + ", p50 "
                        + millis(latency.p50Micros()) + ", p90 " + millis(latency.p90Micros()) + ", p99 "
                        + millis(latency.p99Micros()) + ", p99.9 " + millis(latency.p999Micros()) + ", max "
                        + millis(latency.maxMicros());
    }

    static String millis(double micros) {
        return String.format(Locale.ROOT, "%.3f ms", micros / 1000);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toMillis() / 1000.0);
    }
}
