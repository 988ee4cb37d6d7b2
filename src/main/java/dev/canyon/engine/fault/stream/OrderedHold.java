package dev.canyon.engine.fault.stream;

import dev.canyon.engine.fault.DueQueue;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds parts of a stream, and its end, until each is due. They leave in the order in which they arrived. */
public abstract class OrderedHold extends StreamStage {

    private @Nullable DueQueue<Object> queue;

    /**
     * Passes bytes when they are due.
     *
     * @param dueNanos not before that of earlier bytes
     */
    protected final void pass(ByteBuf bytes, long dueNanos) {
        if (isEmpty() && dueNanos - System.nanoTime() <= 0) {
            forward(bytes);
            return;
        }
        ByteBuf kept = copy(bytes);
        stream().hold(kept.readableBytes());
        queue().add(kept, dueNanos);
    }

    /** Passes the end of the stream when it is due. */
    protected final void passEnd(Object end, long dueNanos) {
        if (isEmpty() && dueNanos - System.nanoTime() <= 0) {
            forwardEnd(end);
            return;
        }
        stream().holdEnd(true);
        queue().add(end, dueNanos);
    }

    protected final boolean isEmpty() {
        return queue == null || queue.isEmpty();
    }

    private DueQueue<Object> queue() {
        if (queue == null) {
            queue = new DueQueue<>(stream().loop(), this::leave, stream()::flush);
        }
        return queue;
    }

    private void leave(Object held) {
        if (held instanceof ByteBuf bytes) {
            stream().unhold(bytes.readableBytes());
            forward(bytes);
            left();
        } else {
            stream().holdEnd(false);
            forwardEnd(held);
        }
    }

    /** Held bytes were forwarded. */
    protected void left() {}

    @Override
    protected void release() {
        drain().forEach(this::leave);
        stream().flush();
    }

    @Override
    protected void discard() {
        drain().stream().filter(ByteBuf.class::isInstance).forEach(bytes -> ((ByteBuf) bytes).release());
    }

    private List<Object> drain() {
        return queue == null ? List.of() : queue.drain();
    }
}
