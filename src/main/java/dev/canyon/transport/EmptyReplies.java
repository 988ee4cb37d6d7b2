package dev.canyon.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sends a datagram without payload. Netty 4.2 reports such a write as done on epoll and NIO without sending anything,
 * and within a batch on epoll it sends a neighbour twice; so it must never get into a flush there.
 */
abstract sealed class EmptyReplies permits EpollEmptyReplies, NioEmptyReplies, EmptyReplies.Plain {

    static EmptyReplies on(TransportKind kind) {
        return switch (kind) {
            case EPOLL -> new EpollEmptyReplies();
            case NIO -> new NioEmptyReplies();
            case IO_URING -> new Plain();
        };
    }

    /** After everything written before it, in order. @return null, or why it was not sent */
    abstract @Nullable DropReason send(ChannelHandlerContext ctx, InetSocketAddress to, SentPromise sent);

    /** @return whether everything written so far has left, so that a reply sent beside Netty does not overtake it */
    static boolean flushedAll(ChannelHandlerContext ctx) {
        ctx.flush();
        return Pending.bytes(ctx.channel()) == 0;
    }

    /** For io_uring, which sends them as any other. */
    static final class Plain extends EmptyReplies {
        @Override
        @Nullable
        DropReason send(ChannelHandlerContext ctx, InetSocketAddress to, SentPromise sent) {
            ctx.write(new DatagramPacket(ctx.alloc().buffer(0, 0), to), sent);
            return null;
        }
    }
}
