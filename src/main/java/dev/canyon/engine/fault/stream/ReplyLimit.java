package dev.canyon.engine.fault.stream;

import io.netty.buffer.ByteBuf;

/** Forwards a number of bytes of replies, and drops all others. */
public abstract class ReplyLimit extends StreamStage {

    private final long bytes;
    private boolean reached;

    /** @param bytes since the connection first met the fault; 0 drops all */
    protected ReplyLimit(long bytes) {
        this.bytes = bytes;
    }

    @Override
    protected void started() {
        if (position() >= bytes) {
            reach();
        }
    }

    @Override
    protected void bytes(ByteBuf reply) {
        long allowed = Math.max(0, bytes - position());
        if (reply.readableBytes() < allowed) {
            forward(reply);
            return;
        }
        if (allowed > 0) {
            mark();
            forward(reply.readRetainedSlice((int) allowed));
        }
        drop(reply);
        if (!reached) {
            reach();
        }
    }

    private void reach() {
        reached = true;
        applied();
        atLimit();
    }

    /** The last byte was forwarded; called once. */
    protected abstract void atLimit();
}
