package dev.canyon.engine.udp;

import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TransportParts;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.fault.FaultPoint.FaultUser;
import dev.canyon.engine.kernel.BoundSocket;
import dev.canyon.engine.kernel.ReusedBuffer;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.net.Protocol;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** An open UDP port. The path of a datagram is drawn in {@link UdpEchoHandler}. */
public final class UdpEchoEndpoint implements EchoEndpoint {

    /** Larger than any datagram (65,507 bytes on IPv4, 65,527 on IPv6), so none is truncated. */
    private static final int DATAGRAM_BUFFER = 65_536;

    /** Datagrams per recvmmsg(2) and sendmmsg(2). Larger batches are not faster. */
    private static final int BATCH_SIZE = 16;

    /** On epoll one system call reads {@link #BATCH_SIZE} datagrams; on other transports as many are read one by one before they are answered. */
    private static final RecvByteBufAllocator BATCH =
            new ReusedBuffer(DATAGRAM_BUFFER * BATCH_SIZE).maxMessagesPerRead(1);

    private static final RecvByteBufAllocator ONE_BY_ONE =
            new FixedRecvByteBufAllocator(DATAGRAM_BUFFER).maxMessagesPerRead(BATCH_SIZE);

    /** The size requested; the kernel grants at most twice {@code net.core.rmem_max}. Datagrams beyond it are dropped and counted. */
    private static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

    /** Replies that wait for space in the send buffer; beyond this, new ones are dropped and counted. */
    private static final WriteBufferWaterMark WAITING_REPLIES = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final TransportParts parts;
    private final EndpointCounters counters;
    private final ExpectedPeers expectedPeers = new ExpectedPeers();
    private final Bootstrap bootstrap;
    private final EventLoop loop;
    private final UdpSlowPath slowPath;
    private final FaultPoint faultPoint;
    private final FaultUser faultUser = this::applyFaults;
    private final InetSocketAddress address;
    private volatile EndpointSpec spec;
    private @Nullable Bound bound;
    private boolean closed;

    /** What is released with the port. */
    private record Bound(UdpSockets sockets, LongSupplier kernelDrops) {}

    /** @throws dev.canyon.net.BindFailedException if the port cannot be bound; nothing is left open */
    public UdpEchoEndpoint(TransportParts parts, InetSocketAddress wanted, EndpointSpec spec, Observation observation) {
        this.parts = parts;
        this.counters = observation.counters();
        this.spec = spec;
        UdpGuards guards = new UdpGuards(wanted, parts.ownPorts(), parts.addresses()::current);
        this.loop = parts.loops().next();
        UdpReplies replies = new UdpReplies(parts.kind(), observation, BATCH_SIZE);
        this.slowPath = new UdpSlowPath(
                observation,
                loop,
                parts.byteBudget(),
                replies,
                () -> wanted.getAddress().isLoopbackAddress()
                        || !this.spec.allowedSources().isEmpty(),
                () -> this.spec,
                expectedPeers);
        this.faultPoint = observation.faults();
        UdpEchoHandler handler = new UdpEchoHandler(
                guards, observation, expectedPeers, replies, slowPath, () -> this.spec, parts.udpLatency());
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> parts.kind().newDatagramChannel(BoundSocket.familyOf(wanted)))
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                .option(ChannelOption.RECVBUF_ALLOCATOR, parts.kind() == TransportKind.EPOLL ? BATCH : ONE_BY_ONE)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_REPLIES)
                .handler(handler);
        if (parts.kind() == TransportKind.EPOLL) {
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BUFFER);
        }
        this.address = listen(wanted);
    }

    private InetSocketAddress listen(InetSocketAddress at) {
        slowPath.begin();
        // Before the sockets are open: the first datagram already gets this reply.
        updateIfNeeded(!spec.replies().isPlainEcho());
        UdpSockets sockets = UdpSockets.bind(parts.kind(), bootstrap, at, parts.addresses(), parts.descriptors());
        LongSupplier kernelDrops = sockets::kernelDrops;
        parts.ownPorts().add(sockets.address().getPort());
        counters.addKernelDrops(kernelDrops);
        bound = new Bound(sockets, kernelDrops);
        faultPoint.addUser(faultUser);
        return sockets.address();
    }

    private CompletableFuture<Void> applyFaults() {
        return CompletableFuture.runAsync(slowPath::update, loop);
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
        boolean answersDifferently = !changed.replies().equals(spec.replies());
        spec = changed;
        updateIfNeeded(answersDifferently);
    }

    private void updateIfNeeded(boolean needed) {
        if (needed && !loop.isShuttingDown()) {
            loop.submit(slowPath::update).awaitUninterruptibly();
        }
    }

    @Override
    public ExpectedPeers expectedPeers() {
        return expectedPeers;
    }

    @Override
    public synchronized void unbind() {
        Bound releasing = bound;
        if (releasing == null) {
            return;
        }
        bound = null;
        faultPoint.removeUser(faultUser);
        if (!loop.isShuttingDown()) {
            loop.submit(slowPath::end).awaitUninterruptibly();
        }
        try {
            releasing.sockets.close();
        } finally {
            counters.removeKernelDrops(releasing.kernelDrops);
            parts.ownPorts().remove(address.getPort());
        }
    }

    @Override
    public synchronized void rebind() {
        if (bound == null && !closed) {
            BoundSocket.bindAgain(() -> listen(address));
        }
    }

    /** Does not drain: a datagram is answered when it is read, and what the kernel still holds is dropped. */
    @Override
    public synchronized CompletableFuture<Void> close(Duration drain) {
        closed = true;
        unbind();
        return CompletableFuture.completedFuture(null);
    }
}
