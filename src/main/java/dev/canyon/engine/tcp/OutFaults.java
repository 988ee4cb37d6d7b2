package dev.canyon.engine.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Passes replies through the stages of the connection's faults. A write of no bytes with a promise of its own marks the end of the
 * replies; its promise completes when it has passed the stages.
 */
final class OutFaults extends FaultHandler {

    OutFaults(ConnectionFaults faults, long carried) {
        super(faults, carried);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        if (bytes.isReadable()) {
            chain().bytes(bytes, faults().replying());
        } else {
            bytes.release();
            chain().end(promise);
        }
    }

    @Override
    void leave(ByteBuf bytes) {
        if (faults().outputClosed() == null) {
            context().write(bytes, context().channel().voidPromise());
        } else {
            faults().discarded(bytes.readableBytes());
            bytes.release();
        }
    }

    @Override
    public void end(Object promise) {
        ChannelPromise ended = (ChannelPromise) promise;
        ChannelFuture closing = faults().outputClosed();
        if (closing == null) {
            context().writeAndFlush(Unpooled.EMPTY_BUFFER, ended);
        } else {
            ChannelFutureListener end = closed -> ended.trySuccess();
            closing.addListener(end);
        }
    }
}
