package dev.canyon.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends every datagram back whole, or drops it and counts why. One per socket, always on that socket's event loop.
 *
 * <pre>socket --> received --> guards --> reply --> sent --> socket
 *                               '--> dropped</pre>
 */
final class UdpEchoHandler extends SimpleChannelInboundHandler<DatagramPacket> {

    private final InetSocketAddress bound;
    private final EndpointCounters counters;
    private final Sightings sightings;
    private final EmptyReplies emptyReplies;
    private final Supplier<EndpointSpec> spec;

    UdpEchoHandler(
            InetSocketAddress bound,
            EndpointCounters counters,
            Sightings sightings,
            EmptyReplies emptyReplies,
            Supplier<EndpointSpec> spec) {
        this.bound = bound;
        this.counters = counters;
        this.sightings = sightings;
        this.emptyReplies = emptyReplies;
        this.spec = spec;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
        ByteBuf payload = datagram.content();
        InetSocketAddress source = datagram.sender();
        counters.received(1, payload.readableBytes());
        sightings.seen(source);
        DropReason reason = reasonToDrop(source, payload.readableBytes());
        if (reason == null) {
            reason = reply(ctx, payload, source);
        }
        if (reason != null) {
            counters.dropped(reason);
        }
    }

    private @Nullable DropReason reasonToDrop(InetSocketAddress source, int bytes) {
        EndpointSpec current = spec.get();
        UdpSettings settings = (UdpSettings) current.settings();
        if (source.getPort() == 0) {
            return DropReason.PORT_ZERO;
        }
        if (!BoundSocket.sameFamily(bound, source.getAddress())) {
            return DropReason.BAD_SOURCE;
        }
        if (!current.allows(source.getAddress())) {
            return DropReason.NOT_ALLOWED;
        }
        if (bytes > current.bufferBytes()) {
            return DropReason.OVERSIZE;
        }
        if (bytes == 0 && !settings.replyToEmpty()) {
            return DropReason.EMPTY;
        }
        return null;
    }

    private @Nullable DropReason reply(ChannelHandlerContext ctx, ByteBuf payload, InetSocketAddress to) {
        Channel socket = ctx.channel();
        if (!socket.isWritable()) {
            ctx.flush();
            if (!socket.isWritable()) {
                return DropReason.QUEUE_FULL;
            }
        }
        SentPromise sent = new SentPromise(socket, counters, payload.readableBytes());
        if (payload.isReadable()) {
            ctx.write(new DatagramPacket(payload.retain(), to), sent);
            return null;
        }
        return emptyReplies.send(ctx, to, sent);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    /** A datagram that could not be sent is counted by its promise; an error of the socket never stops the listener. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.flush();
    }
}
