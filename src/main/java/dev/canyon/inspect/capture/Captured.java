package dev.canyon.inspect.capture;

import java.time.Instant;

/** An element of a capture. */
public sealed interface Captured permits CapturedMessage, CapturedClose {

    /** With the precision of the clock, up to nanoseconds. */
    Instant at();
}
