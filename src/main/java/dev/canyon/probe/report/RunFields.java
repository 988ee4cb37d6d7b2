package dev.canyon.probe.report;

import dev.canyon.dial.OutgoingProxyHeader;
import dev.canyon.net.IpText;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.spec.Bucket;
import dev.canyon.probe.spec.Interval;
import dev.canyon.probe.spec.Latency;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.RunSpec;
import dev.canyon.probe.spec.RunTarget;
import dev.canyon.probe.spec.RunTarget.OwnListener;
import dev.canyon.probe.spec.RunTarget.Remote;
import dev.canyon.probe.spec.Thresholds;
import dev.canyon.probe.spec.TlsFigures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a run, in order, as a tree of maps, lists, texts, numbers and nulls. The JSON of the command line, the CSV table and the
 * JUnit report are made from it. The API has the same fields, as records that also describe them.
 */
public final class RunFields {

    private static final double THOUSAND = 1_000;

    private RunFields() {}

    public static Map<String, @Nullable Object> of(RunRecord run) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", run.id());
        fields.put("state", run.state().toString());
        fields.put("progress", rounded(run.progress()));
        fields.put("verdict", text(run.verdict()));
        fields.put("request", request(run.spec()));
        fields.put("result", run.result() == null ? null : result(run.result()));
        fields.put("startedAt", run.startedAt().toString());
        fields.put("endedAt", text(run.endedAt()));
        fields.put("detail", run.reason());
        return fields;
    }

    private static Map<String, @Nullable Object> request(RunSpec spec) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("target", target(spec.target()));
        fields.put("connections", spec.connections());
        fields.put("messageBytes", spec.messageBytes());
        fields.put("pipeline", spec.pipeline());
        fields.put("ratePerSecond", spec.ratePerSecond());
        fields.put("durationMs", spec.duration().toMillis());
        fields.put("warmupMs", spec.warmup().toMillis());
        fields.put("messages", spec.messages());
        fields.put("timeoutMs", spec.timeout().toMillis());
        fields.put("thresholds", thresholds(spec.thresholds()));
        fields.put("proxyProtocol", spec.proxyHeader() == null ? null : proxyHeader(spec.proxyHeader()));
        fields.put("tls", spec.tls() == null ? null : TlsFields.of(spec.tls()));
        return fields;
    }

    private static Map<String, @Nullable Object> target(RunTarget target) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (target instanceof Remote remote) {
            fields.put("protocol", remote.protocol().toString());
            fields.put("host", remote.host());
            fields.put("port", remote.port());
        } else {
            fields.put("listener", ((OwnListener) target).name());
        }
        return fields;
    }

    private static Map<String, @Nullable Object> proxyHeader(OutgoingProxyHeader header) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("version", header.version());
        fields.put("source", header.source() == null ? null : IpText.of(header.source()));
        fields.put("destination", header.destination() == null ? null : IpText.of(header.destination()));
        return fields;
    }

    private static Map<String, @Nullable Object> thresholds(Thresholds thresholds) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("p50Micros", thresholds.p50Micros());
        fields.put("p90Micros", thresholds.p90Micros());
        fields.put("p99Micros", thresholds.p99Micros());
        fields.put("p999Micros", thresholds.p999Micros());
        fields.put("maxMicros", thresholds.maxMicros());
        fields.put("lossRatio", thresholds.lossRatio());
        fields.put("messagesPerSecond", thresholds.messagesPerSecond());
        return fields;
    }

    private static Map<String, @Nullable Object> result(RunResult result) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("sent", result.sent());
        fields.put("received", result.received());
        fields.put("lost", result.lost());
        fields.put("late", result.late());
        fields.put("duplicated", result.duplicated());
        fields.put("reordered", result.reordered());
        fields.put("corrupted", result.corrupted());
        fields.put("unsent", result.unsent());
        fields.put("errors", errors(result));
        fields.put("seconds", rounded(result.seconds()));
        fields.put("messagesPerSecond", rounded(result.messagesPerSecond()));
        fields.put("bytesPerSecond", Math.round(result.bytesPerSecond()));
        fields.put("latency", result.latency() == null ? null : latency(result.latency()));
        fields.put("tls", result.tls() == null ? null : tls(result.tls()));
        fields.put("series", result.series().stream().map(RunFields::interval).toList());
        fields.put(
                "histogram", result.histogram().stream().map(RunFields::bucket).toList());
        return fields;
    }

    /** Returns the number of errors by {@linkplain Outcome outcome}, sorted by its name. */
    public static Map<String, Long> errors(RunResult result) {
        Map<String, Long> errors = new TreeMap<>();
        result.errors().forEach((outcome, count) -> errors.put(outcome.toString(), count));
        return errors;
    }

    private static Map<String, @Nullable Object> tls(TlsFigures tls) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("handshakes", tls.handshakes());
        fields.put("protocols", tls.protocols());
        fields.put("latency", tls.latency() == null ? null : latency(tls.latency()));
        fields.put("failures", failures(tls));
        fields.put("firstFailure", tls.firstFailure());
        return fields;
    }

    /** Returns the number of failures by cause, sorted by its name. */
    public static Map<String, Long> failures(TlsFigures tls) {
        Map<String, Long> failures = new TreeMap<>();
        tls.failures().forEach((fault, count) -> failures.put(fault.toString(), count));
        return failures;
    }

    private static Map<String, @Nullable Object> latency(Latency latency) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("minMicros", latency.minMicros());
        fields.put("meanMicros", latency.meanMicros());
        fields.put("p50Micros", latency.p50Micros());
        fields.put("p90Micros", latency.p90Micros());
        fields.put("p99Micros", latency.p99Micros());
        fields.put("p999Micros", latency.p999Micros());
        fields.put("maxMicros", latency.maxMicros());
        return fields;
    }

    private static Map<String, @Nullable Object> interval(Interval interval) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("atMs", interval.atMs());
        fields.put("messages", interval.messages());
        fields.put("p99Micros", interval.p99Micros());
        return fields;
    }

    private static Map<String, @Nullable Object> bucket(Bucket bucket) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("upToMicros", bucket.upToMicros());
        fields.put("count", bucket.count());
        return fields;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** Rounds to three decimals; the rest is noise. */
    public static double rounded(double number) {
        return Math.round(number * THOUSAND) / THOUSAND;
    }
}
