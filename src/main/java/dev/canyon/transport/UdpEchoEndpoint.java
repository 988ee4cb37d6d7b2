package dev.canyon.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A UDP socket. See {@link UdpEchoHandler} for the way of a datagram. */
final class UdpEchoEndpoint implements EchoEndpoint {

    /** No datagram is larger (65,507 bytes on IPv4, 65,527 on IPv6), so none is ever cut. */
    private static final int ROOM_FOR_ONE = 65_536;

    /** Datagrams per recvmmsg(2): more would need more memory than they save system calls. */
    private static final int AT_ONCE = 8;

    /** Netty's own number for reads before other channels of the loop have their turn. */
    private static final int READS_IN_A_ROW = 16;

    /** Replies waiting for room in the send buffer; beyond this the newest is dropped and counted. */
    private static final WriteBufferWaterMark WAITING_REPLIES = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final TransportKind kind;
    private final Sightings sightings = new Sightings();
    private final Channel socket;
    private final InetSocketAddress address;
    private volatile EndpointSpec spec;

    private UdpEchoEndpoint(
            TransportKind kind,
            EventLoopGroup loops,
            InetSocketAddress wanted,
            EndpointSpec spec,
            EndpointCounters counters) {
        this.kind = kind;
        this.spec = spec;
        UdpEchoHandler handler =
                new UdpEchoHandler(wanted, counters, sightings, EmptyReplies.on(kind), () -> this.spec);
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channelFactory(() -> kind.newDatagramChannel(BoundSocket.familyOf(wanted)))
                .option(ChannelOption.RECVBUF_ALLOCATOR, readSizes(kind))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_REPLIES)
                .handler(handler);
        if (kind == TransportKind.EPOLL) {
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, ROOM_FOR_ONE);
        }
        this.socket = BoundSocket.bind(kind, bootstrap, wanted);
        this.address = (InetSocketAddress) socket.localAddress();
    }

    static UdpEchoEndpoint open(
            TransportKind kind, EventLoopGroup loops, EndpointSpec spec, EndpointCounters counters) {
        return new UdpEchoEndpoint(kind, loops, spec.address().resolve(), spec, counters);
    }

    /** Only epoll reads several datagrams with one system call. */
    private static RecvByteBufAllocator readSizes(TransportKind kind) {
        int size = kind == TransportKind.EPOLL ? ROOM_FOR_ONE * AT_ONCE : ROOM_FOR_ONE;
        return new FixedRecvByteBufAllocator(size).maxMessagesPerRead(READS_IN_A_ROW);
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
        return kind;
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
    public CompletableFuture<Void> close(Duration drain) {
        BoundSocket.close(socket);
        return CompletableFuture.completedFuture(null);
    }
}
