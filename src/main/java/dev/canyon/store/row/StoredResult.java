package dev.canyon.store.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.canyon.dial.tls.TlsFault;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.spec.Bucket;
import dev.canyon.probe.spec.Interval;
import dev.canyon.probe.spec.Latency;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.TlsFigures;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The result in a {@link StoredRun}; the same compatibility rule applies. */
record StoredResult(
        long sent,
        long received,
        long lost,
        long late,
        long duplicated,
        long reordered,
        long corrupted,
        long unsent,
        Map<Outcome, Long> errors,
        double seconds,
        double messagesPerSecond,
        double bytesPerSecond,
        @Nullable Percentiles latency,
        List<Second> series,
        List<Count> histogram,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Handshakes tls) {

    StoredResult {
        StoredRun.requirePresent(errors, series, histogram);
    }

    static StoredResult of(RunResult result) {
        return new StoredResult(
                result.sent(),
                result.received(),
                result.lost(),
                result.late(),
                result.duplicated(),
                result.reordered(),
                result.corrupted(),
                result.unsent(),
                new TreeMap<>(result.errors()),
                result.seconds(),
                result.messagesPerSecond(),
                result.bytesPerSecond(),
                result.latency() == null ? null : Percentiles.of(result.latency()),
                result.series().stream().map(Second::of).toList(),
                result.histogram().stream().map(Count::of).toList(),
                result.tls() == null ? null : Handshakes.of(result.tls()));
    }

    RunResult toResult() {
        return new RunResult(
                sent,
                received,
                lost,
                late,
                duplicated,
                reordered,
                corrupted,
                unsent,
                errors,
                seconds,
                messagesPerSecond,
                bytesPerSecond,
                latency == null ? null : latency.toLatency(),
                series.stream().map(Second::toInterval).toList(),
                histogram.stream().map(Count::toBucket).toList(),
                tls == null ? null : tls.toFigures());
    }

    record Handshakes(
            long handshakes,
            Map<String, Long> protocols,
            @Nullable Percentiles latency,
            Map<TlsFault, Long> failures,
            @Nullable String firstFailure) {

        Handshakes {
            StoredRun.requirePresent(protocols, failures);
        }

        static Handshakes of(TlsFigures tls) {
            return new Handshakes(
                    tls.handshakes(),
                    tls.protocols(),
                    tls.latency() == null ? null : Percentiles.of(tls.latency()),
                    tls.failures(),
                    tls.firstFailure());
        }

        TlsFigures toFigures() {
            return new TlsFigures(
                    handshakes, protocols, latency == null ? null : latency.toLatency(), failures, firstFailure);
        }
    }

    record Percentiles(
            double minMicros,
            double meanMicros,
            double p50Micros,
            double p90Micros,
            double p99Micros,
            double p999Micros,
            double maxMicros) {

        static Percentiles of(Latency latency) {
            return new Percentiles(
                    latency.minMicros(),
                    latency.meanMicros(),
                    latency.p50Micros(),
                    latency.p90Micros(),
                    latency.p99Micros(),
                    latency.p999Micros(),
                    latency.maxMicros());
        }

        Latency toLatency() {
            return new Latency(minMicros, meanMicros, p50Micros, p90Micros, p99Micros, p999Micros, maxMicros);
        }
    }

    record Second(long atMs, long messages, @Nullable Double p99Micros) {

        static Second of(Interval interval) {
            return new Second(interval.atMs(), interval.messages(), interval.p99Micros());
        }

        Interval toInterval() {
            return new Interval(atMs, messages, p99Micros);
        }
    }

    record Count(double upToMicros, long count) {

        static Count of(Bucket bucket) {
            return new Count(bucket.upToMicros(), bucket.count());
        }

        Bucket toBucket() {
            return new Bucket(upToMicros, count);
        }
    }
}
