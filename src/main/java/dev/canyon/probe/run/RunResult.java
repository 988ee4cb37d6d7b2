package dev.canyon.probe.run;

import dev.canyon.probe.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the messages of a run. Once it is over, {@code sent = received + lost}.
 *
 * @param received answered in time, right or not
 * @param lost not answered in time
 * @param late of the lost ones, answered after all
 * @param duplicated answers beyond the first of a message
 * @param reordered of the received ones, answered after one that was sent later (RFC 4737)
 * @param corrupted of the received ones, not what was sent
 * @param unsent due at a fixed rate, but not sent before the end, because too many were unanswered, the network took no more,
 *     or the connection was gone
 * @param errors what happened to connections, by outcome; what never happened is left out
 * @param seconds from the first message due to the last one sent or answered in time
 * @param bytesPerSecond payload of received messages
 * @param latency from the moment a message was due (at a fixed rate) or sent to the last byte of its answer; received messages
 *     only, null if there is none
 * @param histogram the same in full
 */
public record RunResult(
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
        @Nullable Latency latency,
        List<Interval> series,
        List<Bucket> histogram) {

    public RunResult {
        errors = Map.copyOf(errors);
        series = List.copyOf(series);
        histogram = List.copyOf(histogram);
    }

    /** Of all outcomes together. */
    public long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** 0 to 1; 0 if nothing was sent. */
    public double lossRatio() {
        return sent == 0 ? 0 : (double) lost / sent;
    }
}
