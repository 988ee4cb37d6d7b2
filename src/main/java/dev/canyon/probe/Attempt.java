package dev.canyon.probe;

import org.jspecify.annotations.Nullable;

/**
 * What became of a message sent once.
 *
 * @param received what came back until the attempt ended
 * @param detail what happened in words, where the outcome alone does not say it
 */
public record Attempt(
        Outcome outcome,
        byte[] received,
        Timing timing,
        @Nullable String detail) {

    public Attempt {
        received = received.clone();
    }

    Attempt closedAt(@Nullable Long micros) {
        return new Attempt(outcome, received, timing.closedAt(micros), detail);
    }
}
