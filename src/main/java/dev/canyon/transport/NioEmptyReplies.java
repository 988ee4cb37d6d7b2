package dev.canyon.transport;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/** Sends empty datagrams through the JDK's own channel, which Netty's wraps. */
final class NioEmptyReplies extends EmptyReplies {

    private static final AttributeKey<DatagramChannel> SOCKET = AttributeKey.valueOf("canyon.jdk-socket");

    @Override
    @Nullable
    DropReason send(ChannelHandlerContext ctx, InetSocketAddress to, SentPromise sent) {
        if (!flushedAll(ctx)) {
            return DropReason.QUEUE_FULL;
        }
        try {
            ctx.channel().attr(SOCKET).get().send(ByteBuffer.allocate(0), to);
            sent.trySuccess(null);
            return null;
        } catch (IOException ex) {
            return DropReason.SEND_ERROR;
        }
    }

    /** A channel of Netty's that remembers the JDK's channel inside it. */
    static NioDatagramChannel newChannel(SocketProtocolFamily family) {
        try {
            DatagramChannel socket = DatagramChannel.open(family.toJdkFamily());
            NioDatagramChannel channel = new NioDatagramChannel(socket);
            channel.attr(SOCKET).set(socket);
            return channel;
        } catch (IOException ex) {
            throw new ChannelException("no datagram socket could be opened", ex);
        }
    }
}
