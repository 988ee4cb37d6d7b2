package dev.canyon.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;

/**
 * Sends every byte back. One instance per connection, always on that connection's event loop.
 *
 * <p>Netty releases each buffer once it is written. A peer that sends but does not read is stopped by not reading from
 * it any more; reading goes on when it has taken enough.
 */
final class TcpEchoHandler extends ChannelInboundHandlerAdapter {

    private final EndpointCounters counters;
    private long received;

    TcpEchoHandler(EndpointCounters counters) {
        this.counters = counters;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        int count = bytes.readableBytes();
        received += count;
        counters.received(1, count);
        Channel connection = ctx.channel();
        ctx.write(bytes, new SentPromise(connection, counters, count, null));
        if (!connection.isWritable()) {
            ctx.flush();
            connection.config().setAutoRead(connection.isWritable());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    /** Bytes of this connection's replies that the kernel has taken, give or take Netty's overhead for those waiting. */
    long taken(Channel connection) {
        return received - Pending.bytes(connection);
    }

    /** The peer has sent its FIN and everything before it is read: what waits goes out, then our FIN (RFC 9293, 3.6). */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            ChannelFutureListener close = TcpEchoHandler::closeAfterEverything;
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(close);
        }
        ctx.fireUserEventTriggered(event);
    }

    private static void closeAfterEverything(ChannelFuture lastWrite) {
        CloseReason reason = lastWrite.isSuccess() ? CloseReason.CLIENT : CloseReason.ERROR;
        reason.close(lastWrite.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        CloseReason.ERROR.close(ctx.channel());
    }
}
