package dev.canyon.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A listening TCP socket and its connections.
 *
 * <pre>listening socket --> AcceptGate --> connection: socket --> InactivityGuard --> TcpEchoHandler --> socket</pre>
 */
final class TcpEchoEndpoint implements EchoEndpoint {

    private static final AttributeKey<CloseReason> CLOSE_REASON = AttributeKey.valueOf("canyon.close-reason");

    /** Reading pauses at 64 KiB of waiting replies and goes on at 32 KiB: what a peer that never reads may cost. */
    private static final WriteBufferWaterMark WAITING_REPLIES = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final TransportParts parts;
    private final EndpointCounters counters;
    private final Sightings sightings = new Sightings();
    private final ChannelGroup connections;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final Channel server;
    private final InetSocketAddress address;
    private volatile EndpointSpec spec;
    private boolean closing;

    private TcpEchoEndpoint(
            TransportParts parts, InetSocketAddress wanted, EndpointSpec spec, EndpointCounters counters) {
        this.parts = parts;
        this.spec = spec;
        this.counters = counters;
        this.connections = new DefaultChannelGroup(parts.loops().next());
        TcpSettings settings = (TcpSettings) spec.settings();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(parts.loops())
                .channelFactory(() -> parts.kind().newServerChannel(BoundSocket.familyOf(wanted)))
                .option(ChannelOption.SO_BACKLOG, settings.backlog())
                // Lets a port be bound again while old connections are in TIME_WAIT; two listeners still cannot share
                // it.
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new AcceptGate(wanted, counters, parts.descriptors(), sightings, connections, this::spec))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_REPLIES)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        prepare(connection);
                    }
                });
        this.server = BoundSocket.bind(parts.kind(), bootstrap, wanted);
        this.address = (InetSocketAddress) server.localAddress();
    }

    static TcpEchoEndpoint open(TransportParts parts, EndpointSpec spec, EndpointCounters counters) {
        InetSocketAddress wanted = spec.address().resolve();
        parts.descriptors().listen(1);
        try {
            return new TcpEchoEndpoint(parts, wanted, spec, counters);
        } catch (RuntimeException ex) {
            parts.descriptors().unlisten(1);
            throw ex;
        }
    }

    private void prepare(SocketChannel connection) {
        EndpointSpec current = spec;
        TcpSettings settings = (TcpSettings) current.settings();
        connection.config().setTcpNoDelay(settings.noDelay());
        connection.config().setKeepAlive(settings.keepAlive());
        connection.config().setRecvByteBufAllocator(ReadSizes.upTo(current.bufferBytes()));
        if (parts.kind() != TransportKind.EPOLL) {
            connection.config().setSendBufferSize(InactivityGuard.COARSE_SEND_BUFFER);
        }
        TcpEchoHandler echo = new TcpEchoHandler(counters);
        connection.pipeline().addLast(echo);
        InactivityGuard.install(connection.pipeline(), echo, settings);
    }

    private EndpointSpec spec() {
        return spec;
    }

    private TcpSettings tcp() {
        return (TcpSettings) spec.settings();
    }

    /** Closes a connection; the first reason given is the one that counts. */
    static void close(Channel connection, CloseReason reason) {
        becauseOf(connection, reason);
        connection.close();
    }

    static void becauseOf(Channel connection, CloseReason reason) {
        connection.attr(CLOSE_REASON).setIfAbsent(reason);
    }

    static CloseReason reasonFor(Channel closed) {
        CloseReason reason = closed.attr(CLOSE_REASON).get();
        return reason == null ? CloseReason.ERROR : reason;
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
        int asked = tcp().backlog();
        return Math.min(asked, KernelSetting.read("net/core/somaxconn", asked));
    }

    @Override
    public void apply(EndpointSpec changed) {
        spec = changed;
        connections.forEach(connection -> connection.eventLoop().execute(() -> guardAnew(connection)));
    }

    private void guardAnew(Channel connection) {
        TcpEchoHandler echo = connection.pipeline().get(TcpEchoHandler.class);
        if (echo != null) {
            InactivityGuard.install(connection.pipeline(), echo, tcp());
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
    public CompletableFuture<Void> close(Duration drain) {
        synchronized (this) {
            if (closing) {
                return closed;
            }
            closing = true;
        }
        BoundSocket.close(server);
        parts.descriptors().unlisten(1);
        long deadline = System.nanoTime() + drain.toNanos();
        for (Channel connection : connections) {
            ConnectionDrain.begin(connection, drain.isZero(), deadline);
        }
        connections.newCloseFuture().addListener(done -> closed.complete(null));
        return closed;
    }
}
