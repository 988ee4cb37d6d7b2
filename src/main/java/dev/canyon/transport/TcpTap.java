package dev.canyon.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Tells a tap what a connection receives and sends. In the pipeline, next to {@link TcpEchoHandler}, only while the tap is
 * open: so it is told of what is echoed, and of nothing that was read before.
 *
 * <pre>socket --> TcpTap --> TcpEchoHandler --> TcpTap --> socket</pre>
 */
final class TcpTap extends ChannelDuplexHandler {

    private final Tap tap;
    private final Flow flow;
    private boolean reset;

    TcpTap(Tap tap, Flow flow) {
        this.tap = tap;
        this.flow = flow;
    }

    boolean tells(@Nullable Tap other) {
        return tap.equals(other);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        tap.received(flow, ((ByteBuf) message).nioBuffer().asReadOnlyBuffer());
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        ctx.write(bytes, bytes.isReadable() ? new Reply(ctx.channel(), bytes.retain(), promise) : promise);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        // Asked for now, since a closed socket has no options any more; writes that fail by it may close it again.
        reset |= ctx.channel().isOpen()
                && ((SocketChannel) ctx.channel()).config().getSoLinger() == 0;
        ctx.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        CloseReason reason = CloseReason.of(ctx.channel());
        tap.closed(flow, reason, reset || reason == CloseReason.ERROR);
        ctx.fireChannelInactive();
    }

    /** Stands in for the promise of a write, holds its bytes until the kernel has them, and tells then. */
    private final class Reply extends DefaultChannelPromise {

        private final ByteBuf bytes;
        private final int from;
        private final int length;
        private final ChannelPromise whole;

        Reply(Channel channel, ByteBuf bytes, ChannelPromise whole) {
            super(channel);
            this.bytes = bytes;
            this.from = bytes.readerIndex();
            this.length = bytes.readableBytes();
            this.whole = whole;
        }

        @Override
        public boolean trySuccess(@Nullable Void result) {
            boolean first = super.trySuccess(result);
            if (first) {
                tell(length);
                whole.trySuccess();
            }
            return first;
        }

        @Override
        public boolean tryFailure(Throwable cause) {
            boolean first = super.tryFailure(cause);
            if (first) {
                // Netty moves the index over what the kernel has taken of a buffer.
                tell(bytes.readerIndex() - from);
                whole.tryFailure(cause);
            }
            return first;
        }

        private void tell(int taken) {
            if (taken > 0) {
                tap.sent(flow, bytes.nioBuffer(from, taken).asReadOnlyBuffer());
            }
            bytes.release();
        }
    }
}
