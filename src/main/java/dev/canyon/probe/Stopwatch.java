package dev.canyon.probe;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Notes when each step of one exchange was done. Used by one thread. */
final class Stopwatch {

    private final long start = System.nanoTime();
    private @Nullable Long resolved;
    private @Nullable Long connected;
    private @Nullable Long sent;
    private @Nullable Long firstByte;
    private @Nullable Long lastByte;
    private @Nullable Long closed;

    void resolved() {
        resolved = now();
    }

    void connected() {
        connected = now();
    }

    void sent() {
        sent = now();
    }

    void received() {
        lastByte = now();
        if (firstByte == null) {
            firstByte = lastByte;
        }
    }

    void closed() {
        closed = now();
    }

    Timing timing() {
        return new Timing(resolved, connected, sent, firstByte, lastByte, closed);
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
    }
}
