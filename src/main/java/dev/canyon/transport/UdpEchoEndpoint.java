package dev.canyon.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** A UDP port. See {@link UdpEchoHandler} for the way of a datagram. */
final class UdpEchoEndpoint implements EchoEndpoint {

    /** No datagram is larger (65,507 bytes on IPv4, 65,527 on IPv6), so none is ever cut. */
    private static final int ROOM_FOR_ONE = 65_536;

    /** Datagrams per recvmmsg(2): more would need more memory than they save system calls. */
    private static final int AT_ONCE = 8;

    /** Netty's own number for reads before other channels of the loop have their turn. */
    private static final int READS_IN_A_ROW = 16;

    /** Asked for; the kernel gives at most twice {@code net.core.rmem_max}. Bursts beyond it are dropped, and counted. */
    private static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

    /** Replies waiting for room in the send buffer; beyond this the newest is dropped and counted. */
    private static final WriteBufferWaterMark WAITING_REPLIES = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final TransportParts parts;
    private final EndpointCounters counters;
    private final Sightings sightings = new Sightings();
    private final UdpSockets sockets;
    private final LongSupplier kernelDrops;
    private final int descriptors;
    private volatile EndpointSpec spec;
    private boolean closed;

    private UdpEchoEndpoint(
            TransportParts parts,
            InetSocketAddress wanted,
            EndpointSpec spec,
            EndpointCounters counters,
            int descriptors) {
        this.parts = parts;
        this.counters = counters;
        this.spec = spec;
        this.descriptors = descriptors;
        UdpGuards guards = new UdpGuards(wanted, parts.ownPorts(), parts.addresses()::current);
        UdpEchoHandler handler =
                new UdpEchoHandler(guards, counters, sightings, EmptyReplies.on(parts.kind()), () -> this.spec);
        Bootstrap bootstrap = new Bootstrap()
                .group(parts.loops().next())
                .channelFactory(() -> parts.kind().newDatagramChannel(BoundSocket.familyOf(wanted)))
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                .option(ChannelOption.RECVBUF_ALLOCATOR, readSizes(parts.kind()))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_REPLIES)
                .handler(handler);
        if (parts.kind() == TransportKind.EPOLL) {
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, ROOM_FOR_ONE);
        }
        this.sockets = UdpSockets.bind(parts.kind(), bootstrap, wanted, parts.addresses());
        this.kernelDrops = sockets::kernelDrops;
        parts.ownPorts().add(sockets.address().getPort());
        counters.follow(kernelDrops);
    }

    static UdpEchoEndpoint open(
            TransportParts parts, InetSocketAddress wanted, EndpointSpec spec, EndpointCounters counters) {
        int descriptors = UdpSockets.count(wanted, parts.addresses().current());
        parts.descriptors().listen(descriptors);
        try {
            return new UdpEchoEndpoint(parts, wanted, spec, counters, descriptors);
        } catch (RuntimeException ex) {
            parts.descriptors().unlisten(descriptors);
            throw ex;
        }
    }

    /** Only epoll reads several datagrams with one system call. */
    private static RecvByteBufAllocator readSizes(TransportKind kind) {
        int size = kind == TransportKind.EPOLL ? ROOM_FOR_ONE * AT_ONCE : ROOM_FOR_ONE;
        return new FixedRecvByteBufAllocator(size).maxMessagesPerRead(READS_IN_A_ROW);
    }

    @Override
    public InetSocketAddress address() {
        return sockets.address();
    }

    @Override
    public Protocol protocol() {
        return Protocol.UDP;
    }

    @Override
    public TransportKind transport() {
        return parts.kind();
    }

    @Override
    public int backlog() {
        return 0;
    }

    @Override
    public void apply(EndpointSpec changed) {
        spec = changed;
    }

    @Override
    public Sightings sightings() {
        return sightings;
    }

    /** A datagram is answered as it is read, so there is nothing to drain: what the kernel still holds is dropped. */
    @Override
    public synchronized CompletableFuture<Void> close(Duration drain) {
        if (!closed) {
            closed = true;
            try {
                sockets.close();
            } finally {
                counters.unfollow(kernelDrops);
                parts.ownPorts().remove(sockets.address().getPort());
                parts.descriptors().unlisten(descriptors);
            }
        }
        return CompletableFuture.completedFuture(null);
    }
}
