package dev.canyon.inspect.capture;

import dev.canyon.engine.fault.Markable;
import dev.canyon.engine.peer.Direction;
import dev.canyon.engine.peer.Flow;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A message in compact form; converted when it is read. Marked on one event loop, read by any thread. */
final class HeldMessage implements Markable {

    private final long atNanos;
    private final Direction direction;
    private final Flow flow;
    private final byte[] head;
    private final int originalBytes;
    private volatile List<String> faults;

    /**
     * @param atNanos since the epoch
     * @param faults ids of the faults that were applied to it
     */
    HeldMessage(long atNanos, Direction direction, Flow flow, byte[] head, int originalBytes, List<String> faults) {
        this.atNanos = atNanos;
        this.direction = direction;
        this.flow = flow;
        this.head = head;
        this.originalBytes = originalBytes;
        this.faults = faults;
    }

    long atNanos() {
        return atNanos;
    }

    byte[] head() {
        return head;
    }

    @Override
    public void mark(String faultId) {
        List<String> before = faults;
        if (!before.contains(faultId)) {
            faults = Stream.concat(before.stream(), Stream.of(faultId)).toList();
        }
    }

    CapturedMessage read() {
        return new CapturedMessage(
                Instant.ofEpochSecond(0, atNanos),
                direction,
                flow.protocol(),
                flow.connection(),
                flow.local(),
                flow.remote(),
                head,
                originalBytes,
                faults,
                flow.decrypted());
    }
}
