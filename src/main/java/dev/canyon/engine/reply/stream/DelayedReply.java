package dev.canyon.engine.reply.stream;

import dev.canyon.engine.fault.DueQueue;
import dev.canyon.engine.reply.Delayed;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** Sends each message back when it asks for it, so that one with a short delay overtakes one with a long delay. */
final class DelayedReply extends StreamReply {

    private final FrameFormat frames;
    private final Delayed delayed;
    private @Nullable DueQueue<ByteBuf> held;
    private boolean inputEnded;

    DelayedReply(AnsweredStream stream, FrameFormat frames, Delayed delayed) {
        super(stream);
        this.frames = frames;
        this.delayed = delayed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        super.handlerAdded(ctx);
        held = new DueQueue<>(ctx.executor(), this::leave, this::left);
    }

    @Override
    void message(ByteBuf message) {
        long delay = delayOf(frames.contentOf(message));
        if (delay == 0) {
            write(message);
            return;
        }
        // Copied, because the buffer of a read is larger than what it contains.
        ByteBuf copy = context().alloc().buffer(message.readableBytes()).writeBytes(message);
        message.release();
        stream().hold(copy.readableBytes());
        queue().add(copy, System.nanoTime() + delay);
    }

    private long delayOf(ByteBuf content) {
        return content.readableBytes() < Delayed.DELAY_BYTES ? 0 : delayed.nanos(content.getInt(content.readerIndex()));
    }

    private DueQueue<ByteBuf> queue() {
        DueQueue<ByteBuf> queue = held;
        if (queue == null) {
            throw new IllegalStateException("the handler is not in a pipeline");
        }
        return queue;
    }

    private void leave(ByteBuf message) {
        stream().unhold(message.readableBytes());
        write(message);
    }

    private void left() {
        flush();
        if (inputEnded && queue().isEmpty()) {
            endAfterLastWrite();
        }
    }

    /** FIN keeps its place behind the answers. */
    @Override
    void inputEnded() {
        inputEnded = true;
        if (queue().isEmpty()) {
            endAfterLastWrite();
        }
    }

    @Override
    public void end() {
        queue().drain().forEach(this::leave);
        flush();
    }

    @Override
    public void discard() {
        queue().drain().forEach(message -> {
            stream().unhold(message.readableBytes());
            message.release();
        });
    }
}
