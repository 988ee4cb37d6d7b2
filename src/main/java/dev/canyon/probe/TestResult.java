package dev.canyon.probe;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What became of a test message.
 *
 * @param client the address it was sent from, if a socket was bound
 * @param server the address that the listener saw it come from, if the listener is ours and saw it
 * @param received what came back until the exchange ended
 * @param detail what happened in words, where the outcome alone does not say it
 */
public record TestResult(
        Outcome outcome,
        @Nullable InetSocketAddress client,
        @Nullable InetSocketAddress server,
        byte[] received,
        Timing timing,
        @Nullable String detail) {

    public TestResult {
        received = received.clone();
    }

    TestResult timed(Timing changed) {
        return new TestResult(outcome, client, server, received, changed, detail);
    }
}
