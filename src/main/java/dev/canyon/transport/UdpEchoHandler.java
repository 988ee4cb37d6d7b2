package dev.canyon.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends every datagram back whole, or drops it and counts why. One per endpoint; all of its sockets are served by one event
 * loop.
 *
 * <pre>socket --> received --> guards --> reply --> sent --> socket
 *                               '--> dropped</pre>
 */
@Sharable
final class UdpEchoHandler extends SimpleChannelInboundHandler<DatagramPacket> {

    private final UdpGuards guards;
    private final EndpointCounters counters;
    private final SocketObserver observer;
    private final Sightings sightings;
    private final SourceBatch sources;
    private final EmptyReplies emptyReplies;
    private final Supplier<EndpointSpec> spec;
    private long datagrams;
    private long bytes;

    UdpEchoHandler(
            UdpGuards guards,
            Observation observation,
            Sightings sightings,
            EmptyReplies emptyReplies,
            Supplier<EndpointSpec> spec) {
        this.guards = guards;
        this.counters = observation.counters();
        this.observer = observation.observer();
        this.sightings = sightings;
        this.sources = new SourceBatch(observation.peers().sources());
        this.emptyReplies = emptyReplies;
        this.spec = spec;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
        ByteBuf payload = datagram.content();
        InetSocketAddress source = datagram.sender();
        int length = payload.readableBytes();
        datagrams++;
        bytes += length;
        sightings.seen(source);
        DropReason reason = guards.reasonToDrop(spec.get(), source, length);
        if (reason == null) {
            reason = reply(ctx, payload, source);
        }
        if (reason != null) {
            counters.dropped(reason);
            observer.dropped(source, reason);
        }
        sources.add(source, length, reason == null);
    }

    private @Nullable DropReason reply(ChannelHandlerContext ctx, ByteBuf payload, InetSocketAddress to) {
        Channel socket = ctx.channel();
        if (!socket.isWritable()) {
            ctx.flush();
        }
        if (isStuck(socket)) {
            return DropReason.QUEUE_FULL;
        }
        SentPromise sent = new SentPromise(socket, counters, payload.readableBytes());
        if (payload.isReadable()) {
            ctx.write(new DatagramPacket(payload.retain(), to), sent);
            return null;
        }
        return emptyReplies.send(ctx, to, sent);
    }

    /**
     * Whether replies that were flushed have not left: the send buffer is full. Each of them keeps the whole buffer of its
     * batch, so none is added to them.
     */
    private static boolean isStuck(Channel socket) {
        ChannelOutboundBuffer waiting = socket.unsafe().outboundBuffer();
        return waiting == null || waiting.size() > 0;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        long now = System.nanoTime();
        counters.received(datagrams, bytes, now);
        sources.end((InetSocketAddress) ctx.channel().localAddress(), now);
        datagrams = 0;
        bytes = 0;
        ctx.flush();
    }

    /** A datagram that could not be sent is counted by its promise; an error of the socket never stops the listener. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.flush();
    }
}
