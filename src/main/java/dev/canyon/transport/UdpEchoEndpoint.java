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
import org.jspecify.annotations.Nullable;

/** A UDP port. See {@link UdpEchoHandler} for the way of a datagram. */
final class UdpEchoEndpoint implements EchoEndpoint {

    /** No datagram is larger (65,507 bytes on IPv4, 65,527 on IPv6), so none is ever cut. */
    private static final int ROOM_FOR_ONE = 65_536;

    /** Datagrams per recvmmsg(2) and sendmmsg(2). More gained nothing. */
    private static final int AT_ONCE = 16;

    /** On epoll {@link #AT_ONCE} are read with one system call; elsewhere one by one, as many before they are answered. */
    private static final RecvByteBufAllocator BATCH = new KeptBuffer(ROOM_FOR_ONE * AT_ONCE).maxMessagesPerRead(1);

    private static final RecvByteBufAllocator ONE_BY_ONE =
            new FixedRecvByteBufAllocator(ROOM_FOR_ONE).maxMessagesPerRead(AT_ONCE);

    /** Asked for; the kernel gives at most twice {@code net.core.rmem_max}. Bursts beyond it are dropped, and counted. */
    private static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

    /** Replies waiting for room in the send buffer; beyond this the newest is dropped and counted. */
    private static final WriteBufferWaterMark WAITING_REPLIES = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final TransportParts parts;
    private final EndpointCounters counters;
    private final Sightings sightings = new Sightings();
    private final Bootstrap bootstrap;
    private final InetSocketAddress address;
    private volatile EndpointSpec spec;
    private @Nullable Bound bound;
    private boolean closed;

    /** What is to be given back with the port. */
    private record Bound(UdpSockets sockets, LongSupplier kernelDrops, int descriptors) {}

    /** @throws BindFailedException if the port cannot be bound; nothing is left open */
    UdpEchoEndpoint(TransportParts parts, InetSocketAddress wanted, EndpointSpec spec, Observation observation) {
        this.parts = parts;
        this.counters = observation.counters();
        this.spec = spec;
        UdpGuards guards = new UdpGuards(wanted, parts.ownPorts(), parts.addresses()::current);
        UdpEchoHandler handler = new UdpEchoHandler(
                guards,
                observation,
                sightings,
                new UdpReplies(parts.kind(), observation, AT_ONCE),
                () -> this.spec,
                parts.udpLatency());
        this.bootstrap = new Bootstrap()
                .group(parts.loops().next())
                .channelFactory(() -> parts.kind().newDatagramChannel(BoundSocket.familyOf(wanted)))
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                .option(ChannelOption.RECVBUF_ALLOCATOR, parts.kind() == TransportKind.EPOLL ? BATCH : ONE_BY_ONE)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_REPLIES)
                .handler(handler);
        if (parts.kind() == TransportKind.EPOLL) {
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, ROOM_FOR_ONE);
        }
        this.address = listen(wanted);
    }

    private InetSocketAddress listen(InetSocketAddress at) {
        int descriptors = UdpSockets.count(at, parts.addresses().current());
        parts.descriptors().listen(descriptors);
        try {
            UdpSockets sockets = UdpSockets.bind(parts.kind(), bootstrap, at, parts.addresses());
            LongSupplier kernelDrops = sockets::kernelDrops;
            parts.ownPorts().add(sockets.address().getPort());
            counters.follow(kernelDrops);
            bound = new Bound(sockets, kernelDrops, descriptors);
            return sockets.address();
        } catch (RuntimeException ex) {
            parts.descriptors().unlisten(descriptors);
            throw ex;
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
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

    @Override
    public synchronized void unbind() {
        Bound giving = bound;
        if (giving == null) {
            return;
        }
        bound = null;
        try {
            giving.sockets.close();
        } finally {
            counters.unfollow(giving.kernelDrops);
            parts.ownPorts().remove(address.getPort());
            parts.descriptors().unlisten(giving.descriptors);
        }
    }

    @Override
    public synchronized void rebind() {
        if (bound == null && !closed) {
            listen(address);
        }
    }

    /** A datagram is answered as it is read, so there is nothing to drain: what the kernel still holds is dropped. */
    @Override
    public synchronized CompletableFuture<Void> close(Duration drain) {
        closed = true;
        unbind();
        return CompletableFuture.completedFuture(null);
    }
}
