package dev.canyon.api;

import dev.canyon.probe.Outcome;
import dev.canyon.probe.run.Bucket;
import dev.canyon.probe.run.Interval;
import dev.canyon.probe.run.Latency;
import dev.canyon.probe.run.RunResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run has found, as it goes out. */
@Schema(name = "RunResult", description = "What became of the messages. At the end sent = received + lost")
record RunResultView(
        @Schema(example = "10000") long sent,

        @Schema(description = "Answered in time, right or not", example = "10000")
        long received,

        @Schema(description = "Not answered in time", example = "0")
        long lost,

        @Schema(description = "Of the lost ones, answered after all", example = "0")
        long late,

        @Schema(description = "Answers beyond the first of a message", example = "0")
        long duplicated,

        @Schema(description = "Of the received ones, answered after one that was sent later", example = "0")
        long reordered,

        @Schema(description = "Of the received ones, not what was sent", example = "0")
        long corrupted,

        @Schema(
                description = "Due at a fixed rate but not sent before the end, because too many were unanswered, the"
                        + " network took no more, or the connection was gone",
                example = "0")
        long unsent,

        @Schema(
                description = "What happened to connections, and datagrams that were no answer, by outcome",
                example = "{\"closed-early\": 1}")
        Map<String, Long> errors,

        @Schema(description = "From the first message due to the last one sent or answered in time", example = "10.001")
        double seconds,

        @Schema(description = "Answers a second", example = "999.9")
        double messagesPerSecond,

        @Schema(description = "Payload of received messages", example = "63993")
        long bytesPerSecond,

        @Schema(description = "Null if nothing came back in time", nullable = true) @Nullable
        LatencyView latency,

        @Schema(description = "Every second of it; null in lists and in the progress", nullable = true) @Nullable
        List<IntervalView> series,

        @Schema(description = "Latency in full; null in lists and in the progress", nullable = true) @Nullable
        List<BucketView> histogram) {

    private static final double THOUSAND = 1_000;

    @Schema(
            name = "RunLatency",
            description =
                    "Of messages answered in time, in microseconds: from when it was due, at a fixed rate, or else"
                            + " from when it was sent, to the last byte of the answer")
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

    @Schema(name = "RunInterval", description = "A second of the run; the last may be shorter")
    record IntervalView(
            @Schema(description = "When it ended, in milliseconds since sending began", example = "1000")
            long atMs,

            @Schema(description = "Answered in it", example = "1000")
            long messages,

            @Schema(description = "Of these; null if there was none", example = "180.2", nullable = true) @Nullable
            Double p99Micros) {

        static IntervalView of(Interval interval) {
            return new IntervalView(interval.atMs(), interval.messages(), interval.p99Micros());
        }
    }

    @Schema(name = "RunBucket", description = "How many answers took up to so long, and longer than the bucket before")
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

    /** Without what makes it long. */
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
                byWord(result.errors()),
                rounded(result.seconds()),
                rounded(result.messagesPerSecond()),
                Math.round(result.bytesPerSecond()),
                LatencyView.of(result.latency()),
                series,
                histogram);
    }

    private static Map<String, Long> byWord(Map<Outcome, Long> errors) {
        Map<String, Long> byWord = new TreeMap<>();
        errors.forEach((outcome, count) -> byWord.put(outcome.toString(), count));
        return byWord;
    }

    /** To three decimals: what is beyond them is noise. */
    static double rounded(double number) {
        return Math.round(number * THOUSAND) / THOUSAND;
    }
}
