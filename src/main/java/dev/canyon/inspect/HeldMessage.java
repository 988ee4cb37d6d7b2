package dev.canyon.inspect;

import dev.canyon.transport.Flow;
import java.time.Instant;

/**
 * A message as it is held: nothing is made of it before somebody reads.
 *
 * @param atNanos since 1970
 */
record HeldMessage(long atNanos, Direction direction, Flow flow, byte[] head, int originalBytes) {

    CapturedMessage read() {
        return new CapturedMessage(
                Instant.ofEpochSecond(0, atNanos),
                direction,
                flow.protocol(),
                flow.connection(),
                flow.local(),
                flow.remote(),
                head,
                originalBytes);
    }
}
