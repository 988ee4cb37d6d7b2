package dev.canyon.api.run;

import dev.canyon.probe.report.RunFields;
import dev.canyon.probe.spec.Bucket;
import dev.canyon.probe.spec.Interval;
import dev.canyon.probe.spec.Latency;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.TlsFigures;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of a run in a response. */
@Schema(name = "RunResult", description = "Outcome of the messages. When the run has finished, sent = received + lost")
record RunResultView(
        @Schema(example = "10000") long sent,

        @Schema(description = "Answered in time, correctly or not", example = "10000")
        long received,

        @Schema(description = "Not answered in time", example = "0")
        long lost,

        @Schema(description = "Lost messages whose response arrived after timeoutMs", example = "0")
        long late,

        @Schema(description = "Additional responses to an answered message", example = "0")
        long duplicated,

        @Schema(
                description = "Received messages whose response arrived after that of a message sent later (RFC 4737)",
                example = "0")
        long reordered,

        @Schema(description = "Received messages whose response differs from the message", example = "0")
        long corrupted,

        @Schema(
                description =
                        "At a fixed rate: scheduled but not sent, because pipeline was exhausted, the socket buffer was full or the"
                                + " connection was closed",
                example = "0")
        long unsent,

        @Schema(
                description = "Number of failed connections and unexpected datagrams, by outcome",
                example = "{\"closed-early\": 1}")
        Map<String, Long> errors,

        @Schema(
                description = "Time from the first scheduled send time to the last message sent or answered in time",
                example = "10.001")
        double seconds,

        @Schema(description = "Received messages per second", example = "999.9")
        double messagesPerSecond,

        @Schema(description = "Payload of received messages per second", example = "63993")
        long bytesPerSecond,

        @Schema(description = "Null if no response arrived in time") @Nullable
        LatencyView latency,

        @Schema(description = "TLS handshakes; null without TLS") @Nullable
        TlsView tls,

        @Schema(description = "One entry per second; null in lists and progress events") @Nullable
        List<IntervalView> series,

        @Schema(description = "Distribution of latency; null in lists and progress events") @Nullable
        List<BucketView> histogram) {

    @Schema(
            name = "RunLatency",
            description =
                    "Latency of received messages in microseconds, from the scheduled send time of the message (at a fixed rate) or"
                            + " its actual send time to the last byte of the response")
    record LatencyView(
            @Schema(example = "31.2") double minMicros,
            @Schema(example = "70.4") double meanMicros,
            @Schema(example = "66.1") double p50Micros,
            @Schema(example = "92.7") double p90Micros,
            @Schema(example = "180.2") double p99Micros,
            @Schema(example = "410.4") double p999Micros,
            @Schema(example = "920.6") double maxMicros) {

        static @Nullable LatencyView of(@Nullable Latency latency) {
            return latency == null
                    ? null
                    : new LatencyView(
                            latency.minMicros(),
                            latency.meanMicros(),
                            latency.p50Micros(),
                            latency.p90Micros(),
                            latency.p99Micros(),
                            latency.p999Micros(),
                            latency.maxMicros());
        }
    }

    @Schema(name = "RunTls", description = "TLS handshakes of a run, without the warm-up")
    record TlsView(
            @Schema(description = "Completed handshakes", example = "10")
            long handshakes,

            @Schema(description = "Completed handshakes, by negotiated version", example = "{\"TLSv1.3\": 10}")
            Map<String, Long> protocols,

            @Schema(
                    description =
                            "Time from the established TCP connection to the end of the handshake; null if none was completed")
            @Nullable
            LatencyView latency,

            @Schema(
                    description =
                            "Connections on which TLS failed, by cause as in the result of a test message (tls.failure)",
                    example = "{\"expired\": 10}")
            Map<String, Long> failures,

            @Schema(description = "Explanation of the first failure; null if there is none") @Nullable
            String firstFailure) {

        static @Nullable TlsView of(@Nullable TlsFigures tls) {
            return tls == null
                    ? null
                    : new TlsView(
                            tls.handshakes(),
                            tls.protocols(),
                            LatencyView.of(tls.latency()),
                            RunFields.failures(tls),
                            tls.firstFailure());
        }
    }

    @Schema(name = "RunInterval", description = "One second of the run; the last may be shorter")
    record IntervalView(
            @Schema(description = "End of the interval, in milliseconds since sending began", example = "1000")
            long atMs,

            @Schema(description = "Messages received in the interval", example = "1000")
            long messages,

            @Schema(description = "Null if no message was received", example = "180.2") @Nullable
            Double p99Micros) {

        static IntervalView of(Interval interval) {
            return new IntervalView(interval.atMs(), interval.messages(), interval.p99Micros());
        }
    }

    @Schema(
            name = "RunBucket",
            description = "Number of messages with a latency up to this value and above that of the previous bucket")
    record BucketView(
            @Schema(example = "72.9") double upToMicros,
            @Schema(example = "412") long count) {

        static BucketView of(Bucket bucket) {
            return new BucketView(bucket.upToMicros(), bucket.count());
        }
    }

    static RunResultView of(RunResult result) {
        return of(
                result,
                result.series().stream().map(IntervalView::of).toList(),
                result.histogram().stream().map(BucketView::of).toList());
    }

    /** Omits the series and the histogram. */
    static RunResultView brief(RunResult result) {
        return of(result, null, null);
    }

    private static RunResultView of(
            RunResult result, @Nullable List<IntervalView> series, @Nullable List<BucketView> histogram) {
        return new RunResultView(
                result.sent(),
                result.received(),
                result.lost(),
                result.late(),
                result.duplicated(),
                result.reordered(),
                result.corrupted(),
                result.unsent(),
                RunFields.errors(result),
                RunFields.rounded(result.seconds()),
                RunFields.rounded(result.messagesPerSecond()),
                Math.round(result.bytesPerSecond()),
                LatencyView.of(result.latency()),
                TlsView.of(result.tls()),
                series,
                histogram);
    }
}
