package dev.canyon.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a new connection in, or closes it before a byte is read. One per listening socket, on that socket's event loop;
 * connections leave on theirs.
 */
@ChannelHandler.Sharable // one after the other, by the sockets of an endpoint that gave its port up and took it back
final class AcceptGate extends ChannelInboundHandlerAdapter {

    private final InetSocketAddress bound;
    private final EndpointCounters counters;
    private final SocketObserver observer;
    private final TcpConnections connections;
    private final DescriptorBudget descriptors;
    private final AcceptFailures failures;
    private final Sightings sightings;
    private final Consumer<SocketChannel> admitted;
    private final Supplier<EndpointSpec> spec;
    /** Of this endpoint; connections of one before it, which drain, are not among them. */
    private final Map<InetAddress, Integer> perSource = new ConcurrentHashMap<>();

    AcceptGate(
            InetSocketAddress bound,
            Observation observation,
            TransportParts parts,
            Sightings sightings,
            Consumer<SocketChannel> admitted,
            Supplier<EndpointSpec> spec) {
        this.bound = bound;
        this.counters = observation.counters();
        this.observer = observation.observer();
        this.connections = observation.peers().connections();
        this.descriptors = parts.descriptors();
        this.failures = parts.acceptFailures();
        this.sightings = sightings;
        this.admitted = admitted;
        this.spec = spec;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        SocketChannel connection = (SocketChannel) accepted;
        InetSocketAddress remote = connection.remoteAddress();
        if (remote == null) {
            // Reset by the client before we could ask who it was.
            counters.connections().openedWithin(0);
            counters.connections().closed(CloseReason.ERROR);
            connection.unsafe().closeForcibly();
            return;
        }
        RejectReason reason = reasonToReject(connection, Ipv4Mapped.unwrap(remote.getAddress()));
        if (reason != null) {
            counters.connections().rejected(reason);
            connection.unsafe().closeForcibly();
            observer.rejected(remote, reason);
            return;
        }
        sightings.seen(remote);
        connections.accept(connection);
        // Registered with its event loop first: whoever is told of it may ask for the loop.
        ctx.fireChannelRead(connection);
        admitted.accept(connection);
    }

    /** @return null once it is counted as open */
    private @Nullable RejectReason reasonToReject(Channel connection, InetAddress source) {
        EndpointSpec current = spec.get();
        TcpSettings limits = (TcpSettings) current.settings();
        if (!BoundSocket.sameFamily(bound, source)) {
            return RejectReason.ADDRESS_FAMILY;
        }
        if (!current.allows(source)) {
            return RejectReason.NOT_ALLOWED;
        }
        if (isAtLimit(source, limits.maxConnectionsPerSource())) {
            return RejectReason.MAX_CONNECTIONS_PER_SOURCE;
        }
        if (!descriptors.connect()) {
            return RejectReason.DESCRIPTORS;
        }
        if (!counters.connections().openedWithin(limits.maxConnections())) {
            descriptors.disconnect();
            return RejectReason.MAX_CONNECTIONS;
        }
        opened(connection, source);
        return null;
    }

    private void opened(Channel connection, InetAddress source) {
        perSource.merge(source, 1, Integer::sum);
        connection.closeFuture().addListener(closed -> {
            perSource.computeIfPresent(source, (address, count) -> oneLess(count));
            descriptors.disconnect();
            counters.connections().closed(CloseReason.of(connection));
        });
    }

    /** Not passed on: Netty's acceptor would rest likewise, but log a stack trace for each listener and second. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failures.rest(ctx.channel(), cause);
    }

    private boolean isAtLimit(InetAddress source, int limit) {
        return limit > 0 && perSource.getOrDefault(source, 0) >= limit;
    }

    private static @Nullable Integer oneLess(int count) {
        return count == 1 ? null : count - 1;
    }
}
