package dev.canyon.engine.udp;

import dev.canyon.engine.kernel.AddressWatch;
import dev.canyon.engine.kernel.BoundSocket;
import dev.canyon.engine.kernel.DescriptorBudget;
import dev.canyon.engine.kernel.KernelDrops;
import dev.canyon.engine.kernel.LimitReachedException;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.LocalAddresses;
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
 * The sockets of one UDP endpoint. A reply leaves from the address that its socket is bound to (RFC 1122, 4.1.3.5 requires
 * the destination address of the request), so a wildcard endpoint has a socket for each address of this host besides the wildcard
 * socket, which serves addresses that are not assigned to an interface.
 *
 * <p>Sockets can share a port only with SO_REUSEADDR, which would also admit sockets of other processes. Therefore the
 * wildcard socket is bound without it, which fails if the port is in use; then the option is set while the others are
 * bound, and cleared immediately afterwards: later attempts to bind the port fail whatever options they set.
 *
 * <p>Each socket takes one descriptor of the {@link DescriptorBudget}. May be used from any thread but an event loop.
 */
final class UdpSockets {

    private static final InternalLogger log = InternalLoggerFactory.getInstance(UdpSockets.class);

    private final TransportKind kind;
    private final Bootstrap bootstrap;
    private final AddressWatch watch;
    private final DescriptorBudget descriptors;
    private final Channel main;
    private final InetSocketAddress address;
    private final Map<InetAddress, Channel> byAddress = new HashMap<>();
    /** Addresses that the wildcard socket serves, because they could not be bound separately. */
    private final Set<InetAddress> unbindable = new HashSet<>();

    private final @Nullable Consumer<LocalAddresses> observer;
    private boolean closed;
    private long dropsOfClosed;

    private UdpSockets(
            TransportKind kind,
            Bootstrap bootstrap,
            InetSocketAddress wanted,
            AddressWatch watch,
            DescriptorBudget descriptors) {
        this.kind = kind;
        this.bootstrap = bootstrap;
        this.watch = watch;
        this.descriptors = descriptors;
        descriptors.listen(1);
        try {
            this.main = BoundSocket.bind(kind, bootstrap, wanted);
        } catch (RuntimeException ex) {
            descriptors.unlisten(1);
            throw ex;
        }
        this.address = (InetSocketAddress) main.localAddress();
        this.observer = wanted.getAddress().isAnyLocalAddress() ? this::serve : null;
    }

    /**
     * Binds the sockets.
     *
     * @param bootstrap creates sockets that all use one event loop
     * @throws BindFailedException if the port cannot be bound; nothing is left open
     * @throws LimitReachedException if the descriptors do not suffice for all of them; nothing is left open
     */
    static UdpSockets bind(
            TransportKind kind,
            Bootstrap bootstrap,
            InetSocketAddress wanted,
            AddressWatch watch,
            DescriptorBudget descriptors) {
        descriptors.requireRoom(count(wanted, watch.current()));
        UdpSockets sockets = new UdpSockets(kind, bootstrap, wanted, watch, descriptors);
        if (sockets.observer != null) {
            try {
                sockets.serve(watch.current());
            } catch (RuntimeException ex) {
                sockets.close();
                throw ex;
            }
            watch.addObserver(sockets.observer);
        }
        return sockets;
    }

    private static int count(InetSocketAddress wanted, LocalAddresses local) {
        boolean ipv6 = wanted.getAddress() instanceof Inet6Address;
        return wanted.getAddress().isAnyLocalAddress()
                ? 1
                        + (int) local.own().stream()
                                .filter(own -> own instanceof Inet6Address == ipv6)
                                .count()
                : 1;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Opens sockets for new addresses and closes the sockets of removed ones. */
    synchronized void serve(LocalAddresses local) {
        if (closed) {
            return;
        }
        Set<InetAddress> removed = new HashSet<>(byAddress.keySet());
        removed.removeAll(local.own());
        removed.forEach(own -> closeOne(byAddress.remove(own)));
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
            descriptors.listen(1);
        } catch (LimitReachedException ex) {
            unbindable.add(own);
            log.warn(
                    "Could not bind {} separately; the wildcard socket on port {} serves it: {}",
                    own,
                    address.getPort(),
                    ex.getMessage());
            return;
        }
        try {
            byAddress.put(own, BoundSocket.bind(kind, sharing(), new InetSocketAddress(own, address.getPort())));
        } catch (BindFailedException ex) {
            descriptors.unlisten(1);
            // Not retried while the address stays: each attempt would open the port to other processes for a moment.
            unbindable.add(own);
            log.debug("Could not bind {} separately; the wildcard socket serves it: {}", own, ex.getMessage());
        }
    }

    private void share(boolean allowed) {
        all().filter(Channel::isOpen).forEach(socket -> socket.config().setOption(ChannelOption.SO_REUSEADDR, allowed));
    }

    private Bootstrap sharing() {
        return bootstrap.clone().option(ChannelOption.SO_REUSEADDR, true);
    }

    /** Datagrams that the kernel dropped before they could be read, on all sockets. */
    synchronized long kernelDrops() {
        return dropsOfClosed + (closed ? 0 : all().mapToLong(KernelDrops::of).sum());
    }

    /** Closes all sockets and waits until the port is free; does nothing if they are closed. */
    synchronized void close() {
        if (closed) {
            return;
        }
        if (observer != null) {
            watch.removeObserver(observer);
        }
        all().forEach(this::closeOne);
        closed = true;
    }

    private void closeOne(@Nullable Channel socket) {
        if (socket != null) {
            dropsOfClosed += socket.isOpen() ? KernelDrops.of(socket) : 0;
            try {
                BoundSocket.close(socket);
            } finally {
                descriptors.unlisten(1);
            }
        }
    }

    private Stream<Channel> all() {
        return Stream.concat(Stream.of(main), byAddress.values().stream());
    }
}
