package dev.canyon.probe;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Records when each step of an exchange completed, relative to the creation of this object. Not thread-safe. */
public final class StepTimer {

    private final long start = System.nanoTime();
    private @Nullable Long resolved;
    private @Nullable Long connected;
    private @Nullable Long handshake;
    private @Nullable Long sent;
    private @Nullable Long firstByte;
    private @Nullable Long lastByte;
    private @Nullable Long closed;

    /** The address to dial is known. */
    public void resolved() {
        resolved = now();
    }

    void connected() {
        connected = now();
    }

    /** The TLS handshake is complete. */
    void handshake() {
        handshake = now();
    }

    /** Clears the steps that a further attempt on the same socket repeats. */
    void restart() {
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
        return new Timing(resolved, connected, handshake, sent, firstByte, lastByte, closed);
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
    }
}
