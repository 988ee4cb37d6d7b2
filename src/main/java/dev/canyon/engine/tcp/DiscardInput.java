package dev.canyon.engine.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;

/** Discards input after FIN was sent, and closes the connection when the client sends FIN. Stateless. */
@ChannelHandler.Sharable
final class DiscardInput extends ChannelInboundHandlerAdapter {

    static final DiscardInput INSTANCE = new DiscardInput();

    private DiscardInput() {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        TcpConnection.of((SocketChannel) ctx.channel()).meter().discarded(((ByteBuf) bytes).readableBytes());
        ReferenceCountUtil.release(bytes);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            ctx.channel().close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}
