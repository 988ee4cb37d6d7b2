package dev.canyon.engine.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.util.ReferenceCountUtil;

/**
 * Between the socket and TLS: sends the records that answer one read in one system call, counts what arrives, and discards it once
 * close_notify was sent. Used on the connection's event loop.
 */
public final class WireEdge extends ChannelDuplexHandler {

    private final Runnable onFlushed;
    private long reads;
    private long bytes;
    private boolean reading;
    private boolean flushLater;
    private boolean discarding;

    /** @param onFlushed called after records of a read were passed to the kernel, as far as it accepted them */
    public WireEdge(Runnable onFlushed) {
        this.onFlushed = onFlushed;
    }

    /** Reads so far, those included that were discarded. */
    public long reads() {
        return reads;
    }

    /** Whether the client has sent anything. */
    public boolean hasReceived() {
        return bytes > 0;
    }

    /** Discards what arrives from now on, and closes the connection when the client does. */
    public void discard() {
        discarding = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reads++;
        bytes += ((ByteBuf) message).readableBytes();
        if (discarding) {
            ReferenceCountUtil.release(message);
        } else {
            reading = true;
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        reading = false;
        if (flushLater) {
            flushLater = false;
            ctx.flush();
            onFlushed.run();
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (reading && ctx.channel().isWritable()) {
            flushLater = true;
        } else {
            flushLater = false;
            ctx.flush();
        }
    }

    /** An alert may be waiting for the end of the read. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (flushLater) {
            flushLater = false;
            ctx.flush();
        }
        ctx.close(promise);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (discarding && event == ChannelInputShutdownReadComplete.INSTANCE) {
            ctx.channel().close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}
