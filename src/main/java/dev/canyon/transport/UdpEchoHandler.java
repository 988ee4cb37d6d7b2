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
    private final Observation observation;
    private final UdpReplies replies;
    private final EchoLatency latency;
    private final Sightings sightings;
    private final SourceBatch sources;
    private final Supplier<EndpointSpec> spec;
    private int datagrams;
    private long bytes;

    UdpEchoHandler(
            UdpGuards guards,
            Observation observation,
            Sightings sightings,
            UdpReplies replies,
            Supplier<EndpointSpec> spec,
            EchoLatency latency) {
        this.guards = guards;
        this.observation = observation;
        this.replies = replies;
        this.sightings = sightings;
        this.sources = new SourceBatch(observation.peers().sources());
        this.spec = spec;
        this.latency = latency;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
        ByteBuf payload = datagram.content();
        InetSocketAddress source = datagram.sender();
        int length = payload.readableBytes();
        datagrams++;
        bytes += length;
        sightings.seen(source);
        UdpTap tap = UdpTap.received(observation.taps(), ctx.channel(), source, payload);
        DropReason reason = guards.reasonToDrop(spec.get(), source, length);
        if (reason == null) {
            reason = reply(ctx, payload, source, tap);
        }
        if (reason != null) {
            observation.dropped(source, reason);
        }
        sources.add(source, length, reason == null);
    }

    private @Nullable DropReason reply(
            ChannelHandlerContext ctx, ByteBuf payload, InetSocketAddress to, @Nullable UdpTap tap) {
        Channel socket = ctx.channel();
        if (!socket.isWritable()) {
            replies.writeGroup(ctx);
            ctx.flush();
        }
        if (isStuck(socket)) {
            return DropReason.QUEUE_FULL;
        }
        if (payload.isReadable()) {
            replies.write(ctx, payload.retain(), to, tap);
            return null;
        }
        return replies.writeEmpty(ctx, to, tap);
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
        observation.counters().received(datagrams, bytes, now);
        sources.end((InetSocketAddress) ctx.channel().localAddress(), now);
        replies.turnEnds(ctx, datagrams);
        datagrams = 0;
        bytes = 0;
        ctx.flush();
        latency.flushed(now);
    }

    /** A datagram that could not be sent is counted by its promise; an error of the socket never stops the listener. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        replies.writeGroup(ctx);
        ctx.flush();
    }
}
