package dev.canyon.engine.fault.stream;

import dev.canyon.engine.fault.ActiveFault;
import dev.canyon.engine.fault.Draws;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One fault on one direction of a TCP connection: receives the bytes of the stream and forwards them later, changed, or not at
 * all. The stages of a direction form a chain; each does what it likes to its input, and never knows its neighbours.
 *
 * <p>Used on the connection's event loop.
 */
public abstract class StreamStage {

    private @Nullable ActiveFault active;
    private @Nullable FaultedStream stream;
    private @Nullable Next next;
    private final MarkedBytes marked = new MarkedBytes();
    private boolean counted;
    private long position;
    private boolean closed;

    /** Where a stage forwards to: the next stage, or the end of the chain. */
    public interface Next {

        /** @param bytes released by the receiver */
        void bytes(ByteBuf bytes, Marks marks);

        /**
         * The stream ends after all bytes before.
         *
         * @param end passed on unchanged
         */
        void end(Object end);
    }

    /** Attaches the stage to its connection. */
    final void attach(ActiveFault fault, FaultedStream faulted, long atPosition) {
        this.active = fault;
        this.stream = faulted;
        this.position = atPosition;
    }

    final void connect(Next following) {
        this.next = following;
    }

    /** The input of the stage. */
    final Next input() {
        return new Next() {
            @Override
            public void bytes(ByteBuf bytes, Marks marks) {
                if (closed) {
                    bytes.release();
                    return;
                }
                int length = bytes.readableBytes();
                marked.received(length, marks);
                StreamStage.this.bytes(bytes);
                marked.accepted();
                position += length;
                if (closed) {
                    // What it forwarded has closed the connection, and it may have held the rest back.
                    discard();
                }
            }

            @Override
            public void end(Object end) {
                if (!closed) {
                    StreamStage.this.end(end);
                }
            }
        };
    }

    /** The connection was closed. */
    final void close() {
        closed = true;
        discard();
    }

    /** The fault took effect on the connection. */
    protected void started() {}

    /**
     * Bytes of the stream.
     *
     * @param bytes not empty; valid during the call only, and released by the receiver
     */
    protected void bytes(ByteBuf bytes) {
        forward(bytes);
    }

    /** The stream ends: the client has sent FIN, or everything was answered. */
    protected void end(Object end) {
        forwardEnd(end);
    }

    /**
     * Forwards everything that is held back, in order, and undoes what can be undone: the fault was taken away, or changes places
     * with another one.
     */
    protected void release() {}

    /**
     * Releases the memory of everything that is held back, because the connection was closed. May be called repeatedly, also from
     * within {@link #forward}.
     */
    protected void discard() {}

    protected final void forward(ByteBuf bytes) {
        requireAttached(next).bytes(bytes, marked.passed(bytes.readableBytes()));
    }

    /** Forwards bytes that were not received. */
    protected final void forwardAdded(ByteBuf bytes, Marks marks) {
        requireAttached(next).bytes(bytes, marks);
    }

    /** The marks of the bytes passed to {@link #bytes}; to be asked for before they leave. */
    protected final Marks marks() {
        return marked.receiving();
    }

    protected final void forwardEnd(Object end) {
        requireAttached(next).end(end);
    }

    /** Ends the connection once everything forwarded has been sent, also what later stages hold back. */
    protected final void closeBehind(StreamEnd end) {
        forwardEnd(new ConnectionEnd(() -> stream().close(end)));
    }

    /** Sends FIN once everything forwarded has been sent, also what later stages hold back. */
    protected final void closeOutputBehind() {
        forwardEnd(new ConnectionEnd(() -> stream().closeOutput()));
    }

    /** Drops bytes, and counts them. */
    protected final void drop(ByteBuf bytes) {
        marked.passed(bytes.readableBytes()).with(fault().id()).discarded();
        stream().discarded(bytes.readableBytes());
        bytes.release();
    }

    /** A copy that may be kept: the buffer of a read is shared. Releases the original. */
    protected final ByteBuf copy(ByteBuf bytes) {
        try {
            return stream().alloc().buffer(bytes.readableBytes()).writeBytes(bytes);
        } finally {
            bytes.release();
        }
    }

    protected final FaultedStream stream() {
        return requireAttached(stream);
    }

    protected final ActiveFault fault() {
        return requireAttached(active);
    }

    /** Notes for captures that the fault is applied to the bytes passed to {@link #bytes}; to be called before they leave. */
    protected final void mark() {
        marked.mark(fault().id());
    }

    /** The fault had an effect on this connection, which counts as one subject. Also marks the bytes, see {@link #mark}. */
    protected final void applied() {
        mark();
        if (counted) {
            fault().touched();
        } else {
            counted = true;
            fault().applied();
        }
    }

    /**
     * The seed of what the effect draws at positions of this connection's stream. It depends on the number of the connection,
     * so two connections differ, and runs with the same seed and traffic do not.
     */
    protected final long seed() {
        return Draws.seedOf(fault().fault().seed(), stream().number(fault()));
    }

    /**
     * The position of the first byte passed to {@link #bytes}: what the connection has carried in this direction since it first
     * met the fault. It does not depend on how reads cut the stream.
     */
    protected final long position() {
        return position;
    }

    private static <T> T requireAttached(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the stage is not attached to a connection");
        }
        return part;
    }
}
