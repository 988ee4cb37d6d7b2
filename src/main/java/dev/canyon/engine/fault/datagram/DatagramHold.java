package dev.canyon.engine.fault.datagram;

import dev.canyon.engine.fault.DueQueue;
import org.jspecify.annotations.Nullable;

/** Holds datagrams until each is due, independent of the others. */
public abstract class DatagramHold extends DatagramStage {

    private @Nullable DueQueue<Datagram> queue;

    /**
     * Forwards a datagram when it is due, or drops it if as many as allowed are held.
     *
     * @return false if it was dropped
     */
    protected final boolean forwardAt(Datagram datagram, long dueNanos) {
        boolean held = endpoint().hold(datagram);
        if (held) {
            queue().add(datagram, dueNanos);
        }
        return held;
    }

    protected final boolean isHolding() {
        return queue != null && !queue.isEmpty();
    }

    private DueQueue<Datagram> queue() {
        if (queue == null) {
            queue = new DueQueue<>(endpoint().loop(), this::leave, endpoint()::flush);
        }
        return queue;
    }

    private void leave(Datagram datagram) {
        leaving(datagram);
        endpoint().unhold(datagram);
        forward(datagram);
    }

    /** A datagram that was held is about to be forwarded. */
    protected void leaving(Datagram datagram) {}

    @Override
    protected void release() {
        if (queue != null) {
            queue.drain().forEach(this::leave);
        }
    }
}
