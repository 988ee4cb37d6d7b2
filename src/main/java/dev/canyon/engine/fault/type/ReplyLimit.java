package dev.canyon.engine.fault.type;

import dev.canyon.engine.fault.stream.StreamStage;
import io.netty.buffer.ByteBuf;

/** Forwards so many bytes of replies, and drops all others. */
abstract class ReplyLimit extends StreamStage {

    private final long bytes;
    private boolean reached;

    ReplyLimit(long bytes) {
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
    abstract void atLimit();
}
