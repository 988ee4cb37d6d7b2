package dev.canyon.inspect;

import java.time.Instant;

/** What a capture holds, in the order in which it happened. */
public sealed interface Captured permits CapturedMessage, CapturedClose {

    /** When it happened, to the nanosecond if the clock tells. */
    Instant at();
}
