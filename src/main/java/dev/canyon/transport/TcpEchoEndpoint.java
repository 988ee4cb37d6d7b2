package dev.canyon.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
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
 * <pre>listening socket --> AcceptGate --> connection: socket --> TcpEchoHandler --> socket</pre>
 *
 * <p>While somebody captures, a {@link TcpTap} stands on both sides of the echo.
 */
final class TcpEchoEndpoint implements EchoEndpoint {

    /** Reading pauses at 64 KiB of waiting replies and goes on at 32 KiB: what a peer that never reads may cost. */
    private static final WriteBufferWaterMark WAITING_REPLIES = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    /** What a drain may take beyond its time: waiting for the peer's FIN, and a loop that is late. */
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

    private final TransportParts parts;
    private final EndpointCounters counters;
    private final Sightings sightings = new Sightings();
    private final ChannelGroup connections;
    private final Peers peers;
    private final TapPoint taps;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final ServerBootstrap bootstrap;
    private final InetSocketAddress address;
    private final int backlog;
    private volatile EndpointSpec spec;
    /** One for all connections: with a thousand, each object that a read touches has left the processor's cache. */
    private volatile RecvByteBufAllocator readSizes;

    private @Nullable Channel server;
    private boolean closing;
    private volatile long drainDeadline;

    /** @throws BindFailedException if the port cannot be bound; nothing is left open */
    TcpEchoEndpoint(TransportParts parts, InetSocketAddress wanted, EndpointSpec spec, Observation observation) {
        this.parts = parts;
        this.spec = spec;
        this.readSizes = ReadSizes.upTo(spec.bufferBytes());
        this.counters = observation.counters();
        this.peers = observation.peers();
        this.taps = observation.taps();
        this.connections = new DefaultChannelGroup(parts.loops().next());
        TcpSettings settings = (TcpSettings) spec.settings();
        this.bootstrap = new ServerBootstrap()
                .group(parts.loops())
                .channelFactory(() -> parts.kind().newServerChannel(BoundSocket.familyOf(wanted)))
                .option(ChannelOption.SO_BACKLOG, settings.backlog())
                // Lets a port be bound again while old connections are in TIME_WAIT; two listeners still cannot share
                // it.
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new AcceptGate(wanted, observation, parts, sightings, this::admit, this::spec))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_REPLIES)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        prepare(connection);
                    }
                });
        this.address = listen(wanted);
        this.backlog = Math.min(settings.backlog(), KernelSetting.read("net/core/somaxconn", settings.backlog()));
    }

    private InetSocketAddress listen(InetSocketAddress wanted) {
        parts.descriptors().listen(1);
        try {
            Channel bound = BoundSocket.bind(parts.kind(), bootstrap, wanted);
            server = bound;
            return (InetSocketAddress) bound.localAddress();
        } catch (RuntimeException ex) {
            parts.descriptors().unlisten(1);
            throw ex;
        }
    }

    private void admit(SocketChannel connection) {
        connections.add(connection);
        peers.connections().add(connection);
        taps.fitSoon(connection);
    }

    private void prepare(SocketChannel connection) {
        TcpSettings settings = tcp();
        connection.config().setTcpNoDelay(settings.noDelay());
        connection.config().setKeepAlive(settings.keepAlive());
        connection.config().setRecvByteBufAllocator(readSizes);
        if (parts.kind() != TransportKind.EPOLL) {
            connection.config().setSendBufferSize(InactivityGuard.COARSE_SEND_BUFFER);
        }
        TcpEchoHandler echo = new TcpEchoHandler(counters, parts.tcpLatency());
        TcpConnection.of(connection).servedBy(echo);
        connection.pipeline().addLast(echo);
        echo.guard(connection, settings);
        taps.fit(connection);
    }

    private EndpointSpec spec() {
        return spec;
    }

    private TcpSettings tcp() {
        return (TcpSettings) spec.settings();
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
    public void apply(EndpointSpec changed) {
        spec = changed;
        readSizes = ReadSizes.upTo(changed.bufferBytes());
        connections.forEach(connection -> connection.eventLoop().execute(() -> guardAnew(connection)));
    }

    private void guardAnew(Channel connection) {
        TcpEchoHandler echo = connection.pipeline().get(TcpEchoHandler.class);
        if (echo != null) {
            echo.guard(connection, tcp());
        }
    }

    /** Replies that wait in our memory for peers to take them, over all connections. */
    long pendingBytes() {
        return connections.stream().mapToLong(Pending::bytes).sum();
    }

    @Override
    public Sightings sightings() {
        return sightings;
    }

    @Override
    public synchronized void unbind() {
        Channel giving = server;
        if (giving == null) {
            return;
        }
        server = null;
        try {
            BoundSocket.close(giving);
        } finally {
            parts.descriptors().unlisten(1);
        }
    }

    @Override
    public synchronized void rebind() {
        if (server == null && !closing) {
            listen(address);
        }
    }

    @Override
    public CompletableFuture<Void> close(Duration drain) {
        long deadline = System.nanoTime() + drain.toNanos();
        synchronized (this) {
            if (closing) {
                drainDeadline = Math.min(drainDeadline, deadline);
                return closed;
            }
            closing = true;
            drainDeadline = deadline;
            unbind();
        }
        for (Channel connection : connections) {
            ConnectionDrain.begin(connection, drain.isZero(), () -> drainDeadline);
        }
        connections.newCloseFuture().addListener(done -> closed.complete(null));
        return closed.completeOnTimeout(null, drain.plus(LONGEST_GOODBYE).toMillis(), TimeUnit.MILLISECONDS);
    }
}
