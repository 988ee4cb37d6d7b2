package dev.canyon.probe.spec;

import dev.canyon.probe.Outcome;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run. Once it is over, {@code sent = received + lost}.
 *
 * @param received messages answered in time, correctly or not
 * @param lost messages not answered in time
 * @param late lost messages whose response arrived after the timeout
 * @param duplicated additional responses to an answered message
 * @param reordered received messages whose response arrived after that of a message sent later (RFC 4737)
 * @param corrupted received messages whose response differs from the message
 * @param unsent messages due at a fixed rate but not sent, because the pipeline was exhausted, the socket buffer was full or the connection
 *     was closed
 * @param errors number of failed connections and unexpected datagrams by outcome, without zeros
 * @param seconds time from the first message due to the last one sent or answered in time
 * @param bytesPerSecond payload of received messages per second
 * @param latency from the moment a message was due (at a fixed rate) or sent to the last byte of its response; received messages
 *     only, null if there are none
 * @param histogram distribution of latency
 * @param tls null without TLS
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
        List<Bucket> histogram,
        @Nullable TlsFigures tls) {

    public RunResult {
        errors = Map.copyOf(errors);
        series = List.copyOf(series);
        histogram = List.copyOf(histogram);
    }

    /** Without TLS. */
    public RunResult(
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
        this(
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
                latency,
                series,
                histogram,
                null);
    }

    /** The same with its TLS handshakes. */
    public RunResult with(TlsFigures newTls) {
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
                latency,
                series,
                histogram,
                newTls);
    }

    /** Returns the sum over all outcomes. */
    public long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns 0 to 1; 0 if nothing was sent. */
    public double lossRatio() {
        return sent == 0 ? 0 : (double) lost / sent;
    }
}
