package dev.canyon.probe.spec;

import dev.canyon.dial.OutgoingProxyHeader;
import dev.canyon.dial.UdpClientSocket;
import dev.canyon.net.Protocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The specification of a run. At a fixed rate messages are due at even intervals across the connections, whatever the peer does. Without
 * a rate each connection sends its next message as soon as fewer than {@code pipeline} are unanswered.
 *
 * @param connections number of TCP connections or UDP flows, 1 or more
 * @param messageBytes size of each message, 1 or more; on UDP at least {@value #MIN_DATAGRAM_BYTES}, for the sequence number
 * @param pipeline maximum number of unanswered messages per connection; at a fixed rate 0 means no limit
 * @param ratePerSecond messages per second over all connections; null sends as fast as possible
 * @param duration how long messages are sent
 * @param warmup length of an unmeasured warm-up on separate connections, 0 or more
 * @param messages maximum number of messages over all connections; null for no limit
 * @param timeout timeout of each response, after which the message is lost, and of each TCP and TLS handshake
 * @param proxyHeader TCP only: what each connection begins with; null for none
 * @param tls TCP only: TLS on each connection; null for plain text
 */
public record RunSpec(
        RunTarget target,
        int connections,
        int messageBytes,
        int pipeline,
        @Nullable Double ratePerSecond,
        Duration duration,
        Duration warmup,
        @Nullable Long messages,
        Duration timeout,
        Thresholds thresholds,
        @Nullable OutgoingProxyHeader proxyHeader,
        @Nullable TlsOptions tls) {

    /** Size of the header in {@code LoadDatagrams}. */
    public static final int MIN_DATAGRAM_BYTES = 16;

    /** The limit of IPv4; that of IPv6 is 20 bytes more. */
    public static final int MAX_DATAGRAM_BYTES = UdpClientSocket.MAX_IPV4_PAYLOAD;

    /** The times of each message in flight are kept in memory. */
    public static final int MAX_IN_FLIGHT = 1_000_000;

    private static final double MIN_RATE = 0.001;

    public RunSpec {
        require(connections >= 1, "connections", connections, "1 or more");
        require(messageBytes >= 1, "messageBytes", messageBytes, "1 or more");
        require(pipeline >= (ratePerSecond == null ? 1 : 0), "pipeline", pipeline, "1 or more");
        require(
                ratePerSecond == null || ratePerSecond >= MIN_RATE,
                "ratePerSecond",
                ratePerSecond,
                MIN_RATE + " or more");
        require(isPositive(duration), "durationMs", duration.toMillis(), "1 or more");
        require(!warmup.isNegative(), "warmupMs", warmup.toMillis(), "0 or more");
        require(isPositive(timeout), "timeoutMs", timeout.toMillis(), "1 or more");
        require(messages == null || messages >= 1, "messages", messages, "1 or more");
        double inFlight = inFlight(connections, pipeline, ratePerSecond, timeout);
        require(
                inFlight <= MAX_IN_FLIGHT,
                ratePerSecond == null ? "pipeline" : "timeoutMs",
                ratePerSecond == null ? pipeline : timeout.toMillis(),
                "at most " + MAX_IN_FLIGHT + " messages in flight: connections times pipeline, or"
                        + " ratePerSecond times timeoutMs");
    }

    /** In plain text, without PROXY header. */
    public RunSpec(
            RunTarget target,
            int connections,
            int messageBytes,
            int pipeline,
            @Nullable Double ratePerSecond,
            Duration duration,
            Duration warmup,
            @Nullable Long messages,
            Duration timeout,
            Thresholds thresholds) {
        this(
                target,
                connections,
                messageBytes,
                pipeline,
                ratePerSecond,
                duration,
                warmup,
                messages,
                timeout,
                thresholds,
                null,
                null);
    }

    private static double inFlight(int connections, int pipeline, @Nullable Double rate, Duration timeout) {
        double byPipeline = pipeline == 0 ? Double.MAX_VALUE : (double) connections * pipeline;
        double byRate = rate == null ? Double.MAX_VALUE : rate * timeout.toMillis() / 1000;
        return Math.min(byPipeline, byRate);
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean valid, String field, @Nullable Object value, String expected) {
        if (!valid) {
            throw new InvalidRunException(field, "is " + value + " (expected: " + expected + ")");
        }
    }

    /** @throws InvalidRunException if the messages do not fit into a datagram, or if the protocol has no PROXY header */
    public void requireFits(Protocol protocol) {
        if (protocol == Protocol.UDP) {
            if (proxyHeader != null) {
                throw new InvalidRunException("proxyProtocol", "requires TCP; remove it or use protocol tcp");
            }
            require(
                    messageBytes >= MIN_DATAGRAM_BYTES && messageBytes <= MAX_DATAGRAM_BYTES,
                    "messageBytes",
                    messageBytes,
                    "on UDP " + MIN_DATAGRAM_BYTES + " to " + MAX_DATAGRAM_BYTES);
        }
    }

    /** Returns the specification of the warm-up, which keeps class loading and the first packets of a path out of the result. */
    public RunSpec forWarmup() {
        return new RunSpec(
                target,
                connections,
                messageBytes,
                pipeline,
                ratePerSecond,
                warmup,
                Duration.ZERO,
                null,
                timeout,
                thresholds,
                proxyHeader,
                tls);
    }

    /** The same over TLS; null for plain text. */
    public RunSpec over(@Nullable TlsOptions newTls) {
        return with(proxyHeader, newTls);
    }

    /** The same on connections that begin with a PROXY header; null for none. */
    public RunSpec behind(@Nullable OutgoingProxyHeader header) {
        return with(header, tls);
    }

    private RunSpec with(@Nullable OutgoingProxyHeader newHeader, @Nullable TlsOptions newTls) {
        return new RunSpec(
                target,
                connections,
                messageBytes,
                pipeline,
                ratePerSecond,
                duration,
                warmup,
                messages,
                timeout,
                thresholds,
                newHeader,
                newTls);
    }

    /** Returns the maximum number of unanswered messages per connection. */
    public int window() {
        return pipeline == 0 ? Integer.MAX_VALUE : pipeline;
    }
}
