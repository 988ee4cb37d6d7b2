package dev.canyon.engine.tcp;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.TransportParts;
import dev.canyon.engine.kernel.AcceptFailures;
import dev.canyon.engine.kernel.BoundSocket;
import dev.canyon.engine.kernel.DescriptorBudget;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.ConnectionIdentity;
import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.engine.peer.LiveConnections;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.socket.AcceptGate;
import dev.canyon.engine.socket.ConnectionsPerSource;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.net.Ipv4Mapped;
import dev.canyon.net.SourceNetwork;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Accepts a new connection, or closes it before it is read. One instance per endpoint, on the event loop of its listening
 * socket; closed connections are counted, and clients that a PROXY header names are admitted, on their own loops.
 */
@ChannelHandler.Sharable // shared by the successive listening sockets of an endpoint
final class AcceptLimits extends ChannelInboundHandlerAdapter {

    private final InetSocketAddress bound;
    private final EndpointCounters counters;
    private final SocketObserver observer;
    private final LiveConnections connections;
    private final Observation observation;
    private final TransportParts parts;
    private final DescriptorBudget descriptors;
    private final AcceptFailures failures;
    private final ExpectedPeers expectedPeers;
    private final Consumer<SocketChannel> onAccepted;
    private final Supplier<EndpointSpec> spec;
    private final Supplier<@Nullable AcceptGate> gate;
    /** Connections of this endpoint; draining connections of an earlier endpoint of the listener are not counted. */
    private final ConnectionsPerSource perSource = new ConnectionsPerSource();

    /** @param gate of the current listening socket; null before it listens and after it was closed */
    AcceptLimits(
            InetSocketAddress bound,
            Observation observation,
            TransportParts parts,
            ExpectedPeers expectedPeers,
            Consumer<SocketChannel> onAccepted,
            Supplier<EndpointSpec> spec,
            Supplier<@Nullable AcceptGate> gate) {
        this.bound = bound;
        this.counters = observation.counters();
        this.observer = observation.observer();
        this.connections = observation.peers().connections();
        this.observation = observation;
        this.parts = parts;
        this.descriptors = parts.descriptors();
        this.failures = parts.acceptFailures();
        this.expectedPeers = expectedPeers;
        this.onAccepted = onAccepted;
        this.spec = spec;
        this.gate = gate;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        SocketChannel connection = (SocketChannel) accepted;
        InetSocketAddress remote = connection.remoteAddress();
        if (remote == null) {
            // Reset by the client before its address could be read: no byte was exchanged.
            counters.connections().openedWithin(0);
            counters.connections().closed(CloseReason.PROBE);
            connection.unsafe().closeForcibly();
            return;
        }
        EndpointSpec current = spec.get();
        InetAddress source = Ipv4Mapped.unwrap(remote.getAddress());
        boolean header = current.expectsHeaderFrom(source);
        RejectReason reason = reasonToReject(current, connection, source, header);
        if (reason != null) {
            counters.connections().rejected(reason);
            expectedPeers.notServed(remote, reason);
            connection.unsafe().closeForcibly();
            observer.rejected(remote, reason);
            return;
        }
        expectedPeers.seen(remote);
        TcpConnection tcp = new TcpConnection(
                connections.nextId(),
                connection,
                new ConnectionIdentity(remote, connection.localAddress()),
                observation,
                parts,
                current,
                header ? new HeaderAdmission() : null);
        if (tcp.opening().isComplete()) {
            connections.accepted(tcp);
        }
        // Listed before its event loop can answer anything: a client that has received a reply finds its connection.
        connections.add(tcp);
        ctx.fireChannelRead(connection);
        onAccepted.accept(connection);
    }

    /**
     * @param header whether the client is not known until a PROXY header names it
     * @return null if the connection is accepted; it is then counted as open, with a header or TLS as opening
     */
    private @Nullable RejectReason reasonToReject(
            EndpointSpec current, SocketChannel connection, InetAddress source, boolean header) {
        if (!BoundSocket.sameFamily(bound, source)) {
            return RejectReason.ADDRESS_FAMILY;
        }
        SourceNetwork network = SourceNetwork.of(source);
        RejectReason reason = header ? null : reasonOfSource(current, source, network);
        if (reason != null) {
            return reason;
        }
        reason = reasonOfProcess(current, header);
        if (reason == null) {
            countCloseLater(connection);
        }
        if (!header && reason == null) {
            releaseLater(connection, network);
        } else if (!header) {
            perSource.release(network);
        }
        return reason;
    }

    private void countCloseLater(SocketChannel connection) {
        connection.closeFuture().addListener(closed -> {
            descriptors.disconnect();
            TcpConnection.of(connection).opening().countClosed(counters);
        });
    }

    /** @return null if the source may connect; the connection is then counted for it */
    private @Nullable RejectReason reasonOfSource(EndpointSpec current, InetAddress source, SourceNetwork network) {
        if (!current.allows(source)) {
            return RejectReason.NOT_ALLOWED;
        }
        int limit = ((TcpSettings) current.settings()).maxConnectionsPerSource();
        return perSource.countWithin(network, limit) ? null : RejectReason.MAX_CONNECTIONS_PER_SOURCE;
    }

    private @Nullable RejectReason reasonOfProcess(EndpointSpec current, boolean header) {
        if (parts.byteBudget().isExceeded()) {
            return RejectReason.MEMORY;
        }
        if (!descriptors.connect()) {
            return RejectReason.DESCRIPTORS;
        }
        int max = ((TcpSettings) current.settings()).maxConnections();
        if (!countWithin(max, header || current.tls() != null)) {
            descriptors.disconnect();
            return RejectReason.MAX_CONNECTIONS;
        }
        return null;
    }

    private boolean countWithin(int max, boolean opening) {
        return opening
                ? counters.connections().openingWithin(max)
                : counters.connections().openedWithin(max);
    }

    /** On the event loop of the connection. */
    private final class HeaderAdmission implements TcpConnection.Admission {

        @Override
        public @Nullable RejectReason admit(SocketChannel connection, InetSocketAddress client) {
            InetAddress source = Ipv4Mapped.unwrap(client.getAddress());
            SourceNetwork network = SourceNetwork.of(source);
            RejectReason reason = reasonOfSource(spec.get(), source, network);
            if (reason == null) {
                releaseLater(connection, network);
            }
            return reason;
        }

        @Override
        public void reject(InetSocketAddress peer, RejectReason reason) {
            expectedPeers.notServed(peer, reason);
        }
    }

    private void releaseLater(SocketChannel connection, SourceNetwork source) {
        connection.closeFuture().addListener(closed -> perSource.release(source));
    }

    /** Not forwarded: Netty's acceptor would pause too, but log a stack trace per listener and second. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        AcceptGate current = gate.get();
        if (current != null && current.isRefusing()) {
            // On io_uring, an accept was under way when the socket stopped listening.
            return;
        }
        failures.failed(cause);
        if (current != null) {
            current.acceptFailed();
        }
    }
}
