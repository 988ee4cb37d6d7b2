package dev.canyon.probe;

import org.jspecify.annotations.Nullable;

/**
 * When each step completed, in microseconds since the call began; null for a step that was not reached.
 *
 * @param handshakeMicros when the TLS handshake was complete; null without TLS
 */
public record Timing(
        @Nullable Long resolvedMicros,
        @Nullable Long connectedMicros,
        @Nullable Long handshakeMicros,
        @Nullable Long sentMicros,
        @Nullable Long firstByteMicros,
        @Nullable Long lastByteMicros,
        @Nullable Long closedMicros) {

    static final Timing NONE = new Timing(null, null, null, null, null, null, null);

    Timing closedAt(@Nullable Long micros) {
        return new Timing(
                resolvedMicros, connectedMicros, handshakeMicros, sentMicros, firstByteMicros, lastByteMicros, micros);
    }
}
