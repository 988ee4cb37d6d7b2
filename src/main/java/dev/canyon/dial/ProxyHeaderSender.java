package dev.canyon.dial;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;

/** Sends the PROXY header as soon as the connection is established, in front of TLS, and removes itself. */
final class ProxyHeaderSender extends ChannelInboundHandlerAdapter {

    private final OutgoingProxyHeader header;
    private final InetSocketAddress target;

    ProxyHeaderSender(OutgoingProxyHeader header, InetSocketAddress target) {
        this.header = header;
        this.target = target;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.wrappedBuffer(header.bytes(target)), ctx.voidPromise());
        ctx.fireChannelActive();
        ctx.pipeline().remove(this);
    }
}
