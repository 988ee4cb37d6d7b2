package dev.canyon.engine.udp;

import dev.canyon.engine.kernel.PendingWrites;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.DropReason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sends a datagram without payload. On epoll and NIO, Netty 4.2 reports such a write as successful without sending it, and
 * within a batch on epoll it sends another datagram twice; so such a datagram must never be part of a flush there.
 */
abstract sealed class EmptyReplies permits EpollEmptyReplies, NioEmptyReplies, EmptyReplies.Plain {

    static EmptyReplies on(TransportKind kind) {
        return switch (kind) {
            case EPOLL -> new EpollEmptyReplies();
            case NIO -> new NioEmptyReplies();
            case IO_URING -> new Plain();
        };
    }

    /** Sends it after all previous writes. @return null, or the reason why it was not sent */
    abstract @Nullable DropReason send(ChannelHandlerContext ctx, InetSocketAddress to, SentPromise sent);

    /** @return whether the kernel has accepted all previous writes, so that a reply that bypasses Netty does not overtake them */
    static boolean flushedAll(ChannelHandlerContext ctx) {
        ctx.flush();
        return PendingWrites.bytes(ctx.channel()) == 0;
    }

    /** For io_uring, which sends them like any other datagram. */
    static final class Plain extends EmptyReplies {
        @Override
        @Nullable
        DropReason send(ChannelHandlerContext ctx, InetSocketAddress to, SentPromise sent) {
            ctx.write(new DatagramPacket(ctx.alloc().buffer(0, 0), to), sent);
            return null;
        }
    }
}
