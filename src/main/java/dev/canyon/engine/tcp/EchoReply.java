package dev.canyon.engine.tcp;

import dev.canyon.engine.peer.CloseReason;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;

/**
 * Sends every byte back, and FIN after the client's FIN (RFC 862). Stateless: one instance serves all connections.
 *
 * <p>Netty releases each buffer once it is written.
 */
@ChannelHandler.Sharable
final class EchoReply extends ChannelInboundHandlerAdapter {

    static final EchoReply INSTANCE = new EchoReply();

    private EchoReply() {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        // Netty's shared promise: a promise per write would be the only allocation here.
        ctx.write(bytes, ctx.channel().voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    /** All input up to the client's FIN was read: sends the remaining replies, then FIN (RFC 9293, 3.6). */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            ChannelFutureListener close = EchoReply::closeAfterLastWrite;
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(close);
        }
        ctx.fireUserEventTriggered(event);
    }

    private static void closeAfterLastWrite(ChannelFuture lastWrite) {
        connection(lastWrite.channel()).endedByClient(lastWrite.isSuccess() ? CloseReason.CLIENT : CloseReason.ERROR);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            connection(ctx.channel()).endedByClient(CloseReason.ERROR);
        } else {
            CloseReason.ERROR.close(ctx.channel());
        }
    }

    private static TcpConnection connection(Channel socket) {
        return TcpConnection.of((SocketChannel) socket);
    }
}
