package dev.canyon.engine.udp;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.engine.peer.SourceBatch;
import dev.canyon.engine.traffic.EchoLatency;
import dev.canyon.engine.traffic.Observation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * Sends every datagram back, or drops it and counts the reason. One instance per endpoint, whose sockets all use one event
 * loop.
 *
 * <pre>socket --> received --> guards --> slow path or reply --> sent --> socket
 *                               '--> dropped</pre>
 */
@Sharable
final class UdpEchoHandler extends SimpleChannelInboundHandler<DatagramPacket> {

    private final UdpGuards guards;
    private final Observation observation;
    private final UdpReplies replies;
    private final UdpSlowPath slowPath;
    private final EchoLatency latency;
    private final ExpectedPeers expectedPeers;
    private final SourceBatch sources;
    private final Supplier<EndpointSpec> spec;
    private int datagrams;
    private long bytes;

    UdpEchoHandler(
            UdpGuards guards,
            Observation observation,
            ExpectedPeers expectedPeers,
            UdpReplies replies,
            UdpSlowPath slowPath,
            Supplier<EndpointSpec> spec,
            EchoLatency latency) {
        this.guards = guards;
        this.observation = observation;
        this.replies = replies;
        this.slowPath = slowPath;
        this.expectedPeers = expectedPeers;
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
        expectedPeers.seen(source);
        UdpTap tap = UdpTap.received(observation.taps(), ctx.channel(), source, payload);
        DropReason reason = guards.reasonToDrop(spec.get(), source, length);
        if (reason == null) {
            if (!slowPath.isIdle()) {
                slowPath.pass(ctx, payload, source, tap);
                sources.add(source, length, false);
                return;
            }
            reason = replies.reply(ctx, payload, source, tap, false);
        }
        if (reason != null) {
            observation.dropped(source, reason);
            expectedPeers.notServed(source, reason);
        }
        sources.add(source, length, reason == null);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        long now = System.nanoTime();
        observation.counters().received(datagrams, bytes, now);
        sources.end((InetSocketAddress) ctx.channel().localAddress(), now);
        replies.endBatch(ctx, datagrams);
        datagrams = 0;
        bytes = 0;
        ctx.flush();
        latency.flushed(now);
    }

    /** Does not close the socket. A datagram that could not be sent is counted by its promise. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        replies.writeGroup(ctx);
        ctx.flush();
    }
}
