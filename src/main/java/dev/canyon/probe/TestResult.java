package dev.canyon.probe;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a test message.
 *
 * @param client the address it was sent from, if a socket was bound
 * @param server the address that the listener saw it come from, if the listener is ours and saw it
 * @param attempts at least one; fewer than were asked for if the connection did not last
 */
public record TestResult(
        @Nullable InetSocketAddress client, @Nullable InetSocketAddress server, List<Attempt> attempts) {

    public TestResult {
        if (attempts.isEmpty()) {
            throw new IllegalArgumentException("attempts: none (expected: at least one)");
        }
        attempts = List.copyOf(attempts);
    }

    /** No packet has left. */
    public static TestResult notSent(Outcome outcome, String why) {
        return new TestResult(null, null, List.of(new Attempt(outcome, new byte[0], Timing.NONE, why)));
    }

    /** The first attempt that is not ok; if all are, the last one. */
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
                attempts.stream().map(attempt -> attempt.closedAt(micros)).toList());
    }
}
