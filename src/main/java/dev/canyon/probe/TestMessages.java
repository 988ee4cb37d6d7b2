package dev.canyon.probe;

import dev.canyon.dial.SocketFailure;
import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.net.Protocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends test messages, each through its own socket, which is closed when the call returns.
 *
 * <p>A call blocks for at most the connect timeout (with TLS twice), the response timeout for each repetition, and 250 ms.
 */
public final class TestMessages {

    /** The kernel completes the handshake on its own; the listener accepts the connection a moment later. */
    private static final long ACCEPT_DELAY_MILLIS = 250;

    private TestMessages() {}

    /**
     * Sends one message, as often as it is to be repeated.
     *
     * @param target dialled as it is
     * @param expectedPeers reports the peer address that the listener sees, and why it does not serve it; null if the target is not a listener of Canyon
     * @param timer started when the call was received
     */
    public static TestResult send(
            Protocol protocol,
            InetSocketAddress target,
            TestMessage message,
            @Nullable ExpectedPeers expectedPeers,
            StepTimer timer) {
        TestResult result;
        try (Exchange exchange = Exchange.open(protocol, target, message, timer)) {
            result = run(exchange, expectedPeers);
        } catch (IOException ex) {
            return TestResult.failed(SocketFailure.of(ex), timer.timing());
        }
        timer.closed();
        return result.closedAt(timer.timing().closedMicros());
    }

    private static TestResult run(Exchange exchange, @Nullable ExpectedPeers expectedPeers) {
        int port = exchange.socket().localAddress().getPort();
        try (ExpectedPeers.Expected expected = expectedPeers == null ? null : expectedPeers.expect(port)) {
            List<Attempt> attempts = new ArrayList<>();
            for (int left = exchange.message.repeat(); left > 0 && !exchange.isOver(); left--) {
                Attempt attempt = exchange.attempt(left == 1);
                attempts.add(
                        expected == null
                                ? attempt
                                : attempt.notServed(
                                        exchange.message,
                                        expected.takeNotServed(exchange.socket().localAddress())));
            }
            InetSocketAddress client = exchange.socket().localAddress();
            InetSocketAddress seen = expected == null ? null : seen(expected, client, wasSent(attempts.get(0)));
            return new TestResult(client, seen, exchange.tls(), attempts);
        }
    }

    private static boolean wasSent(Attempt attempt) {
        return attempt.timing().sentMicros() != null && attempt.outcome() != Outcome.REFUSED;
    }

    private static @Nullable InetSocketAddress seen(
            ExpectedPeers.Expected expected, InetSocketAddress client, boolean wasSent) {
        try {
            return expected.await(client, wasSent ? ACCEPT_DELAY_MILLIS : 0);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
