package dev.canyon.probe;

import dev.canyon.dial.SocketFailure;
import dev.canyon.dial.tls.TlsReport;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a test message.
 *
 * @param client the local address it was sent from; null if no socket was bound
 * @param server the peer address that the listener saw; null if the target is not a listener of Canyon, or it saw none
 * @param tls what was negotiated, or why it was not; null without TLS, or if no TLS handshake began
 * @param attempts at least one; fewer than requested if the connection ended
 */
public record TestResult(
        @Nullable InetSocketAddress client,
        @Nullable InetSocketAddress server,
        @Nullable TlsReport tls,
        List<Attempt> attempts) {

    public TestResult {
        if (attempts.isEmpty()) {
            throw new IllegalArgumentException("attempts: none (expected: at least one)");
        }
        attempts = List.copyOf(attempts);
    }

    /** The result of a message of which no packet was sent. */
    public static TestResult notSent(Outcome outcome, String detail) {
        return single(outcome, Timing.NONE, detail);
    }

    /** The result of a message of which no packet was sent because the socket failed. */
    static TestResult failed(SocketFailure failure, Timing timing) {
        return single(Outcome.of(failure), timing, failure.detail());
    }

    private static TestResult single(Outcome outcome, Timing timing, String detail) {
        return new TestResult(null, null, null, List.of(new Attempt(outcome, new byte[0], timing, detail)));
    }

    /** Returns the first attempt that is not ok; if all are, the last one. */
    public Attempt decisive() {
        return attempts.stream()
                .filter(attempt -> attempt.outcome() != Outcome.OK)
                .findFirst()
                .orElse(attempts.get(attempts.size() - 1));
    }

    TestResult closedAt(@Nullable Long micros) {
        return new TestResult(
                client,
                server,
                tls,
                attempts.stream().map(attempt -> attempt.closedAt(micros)).toList());
    }
}
