package dev.canyon.cli;

import dev.canyon.probe.run.Bucket;
import dev.canyon.probe.run.Interval;
import dev.canyon.probe.run.Latency;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunResult;
import dev.canyon.probe.run.RunSpec;
import dev.canyon.probe.run.RunTarget.Remote;
import dev.canyon.probe.run.Thresholds;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A run that is over, for programs: with the fields that the API answers with. */
final class RunJson {

    private final JsonGenerator json;

    private RunJson(JsonGenerator json) {
        this.json = json;
    }

    static String of(RunRecord run) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.to(text)) {
            new RunJson(json).write(run);
        }
        return text.toString();
    }

    private void write(RunRecord run) {
        json.writeStartObject();
        json.writeStringProperty("id", run.id());
        json.writeStringProperty("state", run.state().toString());
        json.writeNumberProperty("progress", run.progress());
        json.writeStringProperty("verdict", String.valueOf(run.verdict()));
        request(run.spec());
        result(run.result());
        json.writeStringProperty("startedAt", run.startedAt().toString());
        Instant endedAt = run.endedAt();
        json.writeStringProperty("endedAt", endedAt == null ? null : endedAt.toString());
        json.writeStringProperty("detail", run.reason());
        json.writeEndObject();
    }

    private void request(RunSpec spec) {
        json.writeObjectPropertyStart("request");
        if (spec.target() instanceof Remote target) {
            json.writeObjectPropertyStart("target");
            json.writeStringProperty("protocol", target.protocol().toString());
            json.writeStringProperty("host", target.host());
            json.writeNumberProperty("port", target.port());
            json.writeEndObject();
        }
        json.writeNumberProperty("connections", spec.connections());
        json.writeNumberProperty("messageBytes", spec.messageBytes());
        json.writeNumberProperty("pipeline", spec.pipeline());
        number("ratePerSecond", spec.ratePerSecond());
        json.writeNumberProperty("durationMs", spec.duration().toMillis());
        json.writeNumberProperty("warmupMs", spec.warmup().toMillis());
        Json.number(json, "messages", spec.messages());
        json.writeNumberProperty("timeoutMs", spec.timeout().toMillis());
        thresholds(spec.thresholds());
        json.writeEndObject();
    }

    private void thresholds(Thresholds thresholds) {
        json.writeObjectPropertyStart("thresholds");
        number("p50Micros", thresholds.p50Micros());
        number("p90Micros", thresholds.p90Micros());
        number("p99Micros", thresholds.p99Micros());
        number("p999Micros", thresholds.p999Micros());
        number("maxMicros", thresholds.maxMicros());
        json.writeNumberProperty("lossRatio", thresholds.lossRatio());
        number("messagesPerSecond", thresholds.messagesPerSecond());
        json.writeEndObject();
    }

    private void result(@Nullable RunResult result) {
        if (result == null) {
            json.writeNullProperty("result");
            return;
        }
        json.writeObjectPropertyStart("result");
        json.writeNumberProperty("sent", result.sent());
        json.writeNumberProperty("received", result.received());
        json.writeNumberProperty("lost", result.lost());
        json.writeNumberProperty("late", result.late());
        json.writeNumberProperty("duplicated", result.duplicated());
        json.writeNumberProperty("reordered", result.reordered());
        json.writeNumberProperty("corrupted", result.corrupted());
        json.writeNumberProperty("unsent", result.unsent());
        json.writeObjectPropertyStart("errors");
        new TreeMap<>(result.errors()).forEach((outcome, count) -> json.writeNumberProperty(outcome.toString(), count));
        json.writeEndObject();
        json.writeNumberProperty("seconds", rounded(result.seconds()));
        json.writeNumberProperty("messagesPerSecond", rounded(result.messagesPerSecond()));
        json.writeNumberProperty("bytesPerSecond", Math.round(result.bytesPerSecond()));
        latency(result.latency());
        series(result.series());
        histogram(result.histogram());
        json.writeEndObject();
    }

    private void latency(@Nullable Latency latency) {
        if (latency == null) {
            json.writeNullProperty("latency");
            return;
        }
        json.writeObjectPropertyStart("latency");
        json.writeNumberProperty("minMicros", latency.minMicros());
        json.writeNumberProperty("meanMicros", latency.meanMicros());
        json.writeNumberProperty("p50Micros", latency.p50Micros());
        json.writeNumberProperty("p90Micros", latency.p90Micros());
        json.writeNumberProperty("p99Micros", latency.p99Micros());
        json.writeNumberProperty("p999Micros", latency.p999Micros());
        json.writeNumberProperty("maxMicros", latency.maxMicros());
        json.writeEndObject();
    }

    private void series(List<Interval> series) {
        json.writeArrayPropertyStart("series");
        for (Interval interval : series) {
            json.writeStartObject();
            json.writeNumberProperty("atMs", interval.atMs());
            json.writeNumberProperty("messages", interval.messages());
            number("p99Micros", interval.p99Micros());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void histogram(List<Bucket> histogram) {
        json.writeArrayPropertyStart("histogram");
        for (Bucket bucket : histogram) {
            json.writeStartObject();
            json.writeNumberProperty("upToMicros", bucket.upToMicros());
            json.writeNumberProperty("count", bucket.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void number(String name, @Nullable Double value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }

    /** To three decimals, as the API does: what is beyond them is noise. */
    private static double rounded(double number) {
        return Math.round(number * 1_000) / 1_000.0;
    }
}
