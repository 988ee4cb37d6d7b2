package dev.canyon.probe;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Notes when each step of one exchange was done, from its making on. Used by one thread. */
public final class Stopwatch {

    private final long start = System.nanoTime();
    private @Nullable Long resolved;
    private @Nullable Long connected;
    private @Nullable Long sent;
    private @Nullable Long firstByte;
    private @Nullable Long lastByte;
    private @Nullable Long closed;

    /** It is known which address will be dialled. */
    public void resolved() {
        resolved = now();
    }

    void connected() {
        connected = now();
    }

    /** The same message again: what comes before sending is done. */
    void again() {
        sent = null;
        firstByte = null;
        lastByte = null;
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
