package dev.canyon.engine.tcp;

import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.TransportParts;
import dev.canyon.engine.fault.AcceptEffect.Accepting;
import dev.canyon.engine.fault.FaultPlan;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.fault.FaultPoint.FaultUser;
import dev.canyon.engine.kernel.BoundSocket;
import dev.canyon.engine.kernel.PendingWrites;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.kernel.proc.Sysctl;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.engine.peer.Peers;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.socket.AcceptGate;
import dev.canyon.engine.socket.ReadSizes;
import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.engine.tls.TlsUnavailableException;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.net.Protocol;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A listening TCP socket and its connections.
 *
 * <pre>listening socket --> AcceptLimits --> TcpConnection, whose handlers are drawn in Pipeline</pre>
 */
public final class TcpEchoEndpoint implements EchoEndpoint {

    /** Reading pauses at 64 KiB of waiting replies and resumes at 32 KiB, which bounds the memory for a peer that never reads. */
    private static final WriteBufferWaterMark WAITING_REPLIES = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    /**
     * What the kernel takes beyond the peer's receive window. Its send buffer may otherwise grow to megabytes for each peer that
     * does not read (tcp(7), TCP_NOTSENT_LOWAT).
     */
    private static final long MAX_UNSENT_BYTES = 128 * 1024;

    /** Time beyond the drain timeout for the peer's FIN and for the lag of an event loop. */
    private static final Duration FIN_WAIT = Duration.ofSeconds(2);

    private final TransportParts parts;
    private final ExpectedPeers expectedPeers = new ExpectedPeers();
    private final ChannelGroup connections;
    private final Peers peers;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final ServerBootstrap bootstrap;
    private final InetSocketAddress address;
    private final int backlog;
    private volatile Current current;

    private final FaultPoint faults;
    private final FaultUser faultUser = this::applyFaults;
    private @Nullable Channel server;
    private volatile @Nullable AcceptGate acceptGate;
    private boolean closing;

    /**
     * The settings of new connections.
     *
     * @param tlsReads the same for connections with TLS
     * @param reads shared by all connections, because with a thousand connections each object of its own would miss the processor cache
     */
    private record Current(EndpointSpec spec, RecvByteBufAllocator reads, RecvByteBufAllocator tlsReads) {}

    /**
     * @throws TlsUnavailableException if an SSL bundle cannot be used
     * @throws dev.canyon.net.BindFailedException if the port cannot be bound; nothing is left open
     */
    public TcpEchoEndpoint(TransportParts parts, InetSocketAddress wanted, EndpointSpec spec, Observation observation) {
        this.parts = parts;
        this.current = current(spec);
        this.peers = observation.peers();
        requireBundles(spec);
        this.connections = new DefaultChannelGroup(parts.loops().next());
        TcpSettings settings = (TcpSettings) spec.settings();
        settings.keepAliveOptions().requireSupportBy(parts.kind());
        this.bootstrap = new ServerBootstrap()
                .group(parts.loops())
                .channelFactory(() -> parts.kind().newServerChannel(BoundSocket.familyOf(wanted)))
                .option(ChannelOption.SO_BACKLOG, settings.backlog())
                // Allows binding a port while old connections are in TIME_WAIT; two listeners still cannot share it.
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new AcceptLimits(
                        wanted, observation, parts, expectedPeers, this::add, this::spec, () -> acceptGate))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_REPLIES)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel socket) {
                        initialize(socket);
                    }
                });
        this.faults = observation.faults();
        this.address = listen(wanted);
        this.backlog = Math.min(settings.backlog(), Sysctl.read("net/core/somaxconn", settings.backlog()));
    }

    private InetSocketAddress listen(InetSocketAddress wanted) {
        parts.descriptors().listen(1);
        try {
            Channel bound = BoundSocket.bind(parts.kind(), bootstrap, wanted);
            server = bound;
            acceptGate = new AcceptGate(bound, ((TcpSettings) spec().settings()).backlog());
            faults.addUser(faultUser);
            faultUser.faultsChanged();
            return (InetSocketAddress) bound.localAddress();
        } catch (RuntimeException ex) {
            parts.descriptors().unlisten(1);
            throw ex;
        }
    }

    private CompletableFuture<Void> applyFaults() {
        AcceptGate gate = acceptGate;
        FaultPlan plan = faults.plan();
        return gate == null
                ? CompletableFuture.completedFuture(null)
                : gate.apply(plan == null ? Accepting.NORMAL : plan.accepting());
    }

    private Current current(EndpointSpec spec) {
        return new Current(
                spec,
                ReadSizes.upTo(spec.bufferBytes(), parts.kind(), parts.byteBudget()),
                ReadSizes.upTo(
                        Math.min(spec.bufferBytes(), ReadSizes.MOST_WITH_TLS), parts.kind(), parts.byteBudget()));
    }

    private void requireBundles(EndpointSpec spec) {
        TlsSettings tls = spec.tls();
        if (tls != null) {
            parts.tls().get(tls.bundle());
            tls.sni().values().forEach(parts.tls()::get);
        }
    }

    @Override
    public @Nullable TlsCertificate certificate() {
        TlsSettings tls = spec().tls();
        try {
            return tls == null ? null : parts.tls().get(tls.bundle()).certificate();
        } catch (TlsUnavailableException ex) {
            return null;
        }
    }

    private EndpointSpec spec() {
        return current.spec;
    }

    /** On the event loop of the connection, before anything is read. */
    private void initialize(SocketChannel socket) {
        TcpConnection connection = TcpConnection.of(socket);
        if (parts.kind() == TransportKind.EPOLL) {
            socket.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, MAX_UNSENT_BYTES);
        } else {
            socket.config().setSendBufferSize(IdleGuard.COARSE_SEND_BUFFER);
        }
        connection.open();
        Current applied;
        // Repeated if the settings change meanwhile, because apply() does not reach this connection yet.
        do {
            applied = current;
            // In effect for this connection from its first read on: Netty asks for it once.
            socket.config().setRecvByteBufAllocator(connection.hasTls() ? applied.tlsReads : applied.reads);
            connection.apply(applied.spec, parts.kind());
            connection.answer(applied.spec.replies());
        } while (!applied.equals(current));
        connection.start();
    }

    /** On the event loop of the listening socket, once the connection is registered with its own. */
    private void add(SocketChannel socket) {
        TcpConnection connection = TcpConnection.of(socket);
        connections.add(socket);
        // Called immediately if the socket is already closed, so that none remains in the list.
        socket.closeFuture().addListener(closed -> {
            connection.closed();
            connection.opening().reportClosed(peers.connections());
            RejectReason rejection = connection.opening().rejection();
            if (rejection != null) {
                expectedPeers.notServed(connection.identity().peer(), rejection);
            }
        });
        connection.updateLater();
        EndpointSpec applied = connection.applied();
        if (applied != null && !applied.equals(spec())) {
            // The settings changed after the initialization, and before apply() reached this connection.
            socket.eventLoop().execute(() -> connection.apply(spec(), parts.kind()));
        }
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Protocol protocol() {
        return Protocol.TCP;
    }

    @Override
    public TransportKind transport() {
        return parts.kind();
    }

    @Override
    public int backlog() {
        return backlog;
    }

    @Override
    public boolean canApply(EndpointSpec changed) {
        return changed.settings() instanceof TcpSettings tcp
                && tcp.keepAliveOptions().isSupportedBy(parts.kind())
                && hasBundles(changed);
    }

    private boolean hasBundles(EndpointSpec changed) {
        try {
            requireBundles(changed);
            return true;
        } catch (TlsUnavailableException ex) {
            return false;
        }
    }

    @Override
    public void apply(EndpointSpec changed) {
        current = current(changed);
        connections.forEach(socket -> socket.eventLoop()
                .execute(() -> TcpConnection.of((SocketChannel) socket).apply(spec(), parts.kind())));
    }

    /** Bytes of all connections that wait to be accepted by the kernel. May be called from any thread. */
    public long pendingBytes() {
        return connections.stream().mapToLong(PendingWrites::bytes).sum();
    }

    @Override
    public ExpectedPeers expectedPeers() {
        return expectedPeers;
    }

    @Override
    public synchronized void unbind() {
        Channel listening = server;
        if (listening == null) {
            return;
        }
        server = null;
        faults.removeUser(faultUser);
        AcceptGate gate = acceptGate;
        acceptGate = null;
        if (gate != null && !listening.eventLoop().isShuttingDown()) {
            gate.prepareClose().join();
        }
        try {
            BoundSocket.close(listening);
        } finally {
            parts.descriptors().unlisten(1);
        }
    }

    @Override
    public synchronized void rebind() {
        if (server == null && !closing) {
            BoundSocket.bindAgain(() -> listen(address));
        }
    }

    @Override
    public CompletableFuture<Void> close(Duration drain) {
        boolean first = beginClosing();
        if (drain.isZero()) {
            connections.forEach(CloseReason.DRAIN::close);
        } else {
            long deadline = System.nanoTime() + drain.toNanos();
            connections.forEach(socket -> drain(socket, deadline));
        }
        if (first) {
            connections.newCloseFuture().addListener(done -> closed.complete(null));
        }
        return closed.completeOnTimeout(null, drain.plus(FIN_WAIT).toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @return whether this is the first call */
    private synchronized boolean beginClosing() {
        if (closing) {
            return false;
        }
        closing = true;
        unbind();
        return true;
    }

    private static void drain(Channel socket, long deadlineNanos) {
        CloseReason.DRAIN.note(socket);
        socket.eventLoop()
                .execute(() -> TcpConnection.of((SocketChannel) socket).drain(deadlineNanos));
    }
}
