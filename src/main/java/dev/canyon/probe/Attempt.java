package dev.canyon.probe;

import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.NotServed;
import dev.canyon.engine.peer.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * The result of sending a message once.
 *
 * @param received the bytes that arrived until the attempt ended
 * @param detail an explanation, if the outcome alone is not enough
 */
public record Attempt(
        Outcome outcome,
        byte[] received,
        Timing timing,
        @Nullable String detail) {

    public Attempt {
        received = received.clone();
    }

    /**
     * @param message what was sent
     * @param reason why the listener did not serve it; null if that is unknown, or it did
     */
    Attempt notServed(TestMessage message, @Nullable NotServed reason) {
        if (reason == null || outcome == Outcome.OK) {
            return this;
        }
        String what = reason instanceof DropReason ? "dropped the datagram" : "rejected the connection";
        String cause = reason == RejectReason.PROXY_HEADER && message.proxyHeader() == null
                ? "it requires a PROXY header: set proxyProtocol"
                : reason.explanation();
        String why = "the listener " + what + " (" + reason + "): " + cause;
        return new Attempt(outcome, received, timing, detail == null ? why : detail + "; " + why);
    }

    Attempt closedAt(@Nullable Long micros) {
        return new Attempt(outcome, received, timing.closedAt(micros), detail);
    }
}
