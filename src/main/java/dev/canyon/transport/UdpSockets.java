package dev.canyon.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one UDP endpoint. A reply leaves from the address that its socket is bound to (RFC 1122, 4.1.3.5 wants
 * the one that was asked); so a wildcard endpoint has a socket for each address of this host besides the wildcard one,
 * which serves what is assigned to no interface.
 *
 * <p>Sockets can share a port only with SO_REUSEADDR, which would also let strangers in. Therefore the wildcard socket is
 * bound without it, which fails if anyone has the port; then it is set while the others are bound, and cleared at once:
 * later binders are refused whatever they set.
 */
final class UdpSockets {

    private static final InternalLogger log = InternalLoggerFactory.getInstance(UdpSockets.class);

    private final TransportKind kind;
    private final Bootstrap bootstrap;
    private final AddressWatch watch;
    private final Channel main;
    private final InetSocketAddress address;
    private final Map<InetAddress, Channel> byAddress = new HashMap<>();
    private final Set<InetAddress> unbindable = new HashSet<>();
    private final @Nullable Consumer<LocalAddresses> follower;
    private boolean closed;
    private long dropsOfClosed;

    private UdpSockets(TransportKind kind, Bootstrap bootstrap, InetSocketAddress wanted, AddressWatch watch) {
        this.kind = kind;
        this.bootstrap = bootstrap;
        this.watch = watch;
        this.main = BoundSocket.bind(kind, bootstrap, wanted);
        this.address = (InetSocketAddress) main.localAddress();
        this.follower = wanted.getAddress().isAnyLocalAddress() ? this::serve : null;
    }

    /**
     * Binds them.
     *
     * @param bootstrap makes sockets that are all served by one event loop
     * @throws BindFailedException if the port cannot be bound; nothing is left open
     */
    static UdpSockets bind(TransportKind kind, Bootstrap bootstrap, InetSocketAddress wanted, AddressWatch watch) {
        UdpSockets sockets = new UdpSockets(kind, bootstrap, wanted, watch);
        if (sockets.follower != null) {
            try {
                sockets.serve(watch.current());
            } catch (RuntimeException ex) {
                sockets.close();
                throw ex;
            }
            watch.follow(sockets.follower);
        }
        return sockets;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Opens sockets for addresses that are new and closes those of addresses that are gone. */
    private synchronized void serve(LocalAddresses local) {
        if (closed) {
            return;
        }
        Set<InetAddress> gone = new HashSet<>(byAddress.keySet());
        gone.removeAll(local.own());
        gone.forEach(own -> closeOne(byAddress.remove(own)));
        unbindable.retainAll(local.own());
        List<InetAddress> missing = local.own().stream()
                .filter(own -> BoundSocket.sameFamily(address, own)
                        && !byAddress.containsKey(own)
                        && !unbindable.contains(own))
                .toList();
        if (!missing.isEmpty()) {
            bindBeside(missing);
        }
    }

    private void bindBeside(List<InetAddress> missing) {
        share(true);
        try {
            for (InetAddress own : missing) {
                bindBeside(own);
            }
        } finally {
            share(false);
        }
    }

    private void bindBeside(InetAddress own) {
        try {
            byAddress.put(own, BoundSocket.bind(kind, sharing(), new InetSocketAddress(own, address.getPort())));
        } catch (BindFailedException ex) {
            // Not tried again while the address stays: each try would open the port to strangers for a moment.
            unbindable.add(own);
            log.debug("The wildcard socket serves {}: {}", own, ex.getMessage());
        }
    }

    private void share(boolean allowed) {
        all().filter(Channel::isOpen).forEach(socket -> socket.config().setOption(ChannelOption.SO_REUSEADDR, allowed));
    }

    private Bootstrap sharing() {
        return bootstrap.clone().option(ChannelOption.SO_REUSEADDR, true);
    }

    /** Datagrams that the kernel dropped before they could be read, on all of them. */
    synchronized long kernelDrops() {
        return dropsOfClosed + (closed ? 0 : all().mapToLong(KernelDrops::of).sum());
    }

    /** Closes them all and waits until the port is free; does nothing the second time. */
    synchronized void close() {
        if (closed) {
            return;
        }
        if (follower != null) {
            watch.unfollow(follower);
        }
        all().forEach(this::closeOne);
        closed = true;
    }

    private void closeOne(@Nullable Channel socket) {
        if (socket != null) {
            dropsOfClosed += socket.isOpen() ? KernelDrops.of(socket) : 0;
            BoundSocket.close(socket);
        }
    }

    private Stream<Channel> all() {
        return Stream.concat(Stream.of(main), byAddress.values().stream());
    }

    /** How many sockets it takes to listen there. */
    static int count(InetSocketAddress wanted, LocalAddresses local) {
        boolean ipv6 = wanted.getAddress() instanceof Inet6Address;
        return wanted.getAddress().isAnyLocalAddress()
                ? 1
                        + (int) local.own().stream()
                                .filter(own -> own instanceof Inet6Address == ipv6)
                                .count()
                : 1;
    }
}
