package dev.canyon.api;

import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerSnapshot;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.transport.BoundEndpoint;
import dev.canyon.transport.IpText;
import dev.canyon.transport.Protocol;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

/** Our own running listeners, as targets. They may always be dialled, on the address that they have bound. */
final class OwnListeners {

    private static final InetAddress IPV4_LOOPBACK = IpText.parse("127.0.0.1").orElseThrow();
    private static final InetAddress IPV6_LOOPBACK = IpText.parse("::1").orElseThrow();

    private final ListenerDirectory directory;

    OwnListeners(ListenerDirectory directory) {
        this.directory = directory;
    }

    /**
     * Where to reach the running listener that a target names: by the address it has bound, by the host of its definition, or
     * as localhost. No name is looked up. One on a wildcard is reached on loopback only: it has the port there for sure.
     */
    Optional<Destination> at(Protocol protocol, String host, int port) {
        return directory
                .all()
                .filter(listener -> listener.definition().protocol() == protocol)
                .filter(listener -> listener.state() instanceof Running running
                        && running.endpoint().address().getPort() == port
                        && isNamed(host, listener, running.endpoint()))
                .map(listener -> destination(host, ((Running) listener.state()).endpoint()))
                .findFirst();
    }

    private static boolean isNamed(String host, ListenerSnapshot listener, BoundEndpoint endpoint) {
        InetAddress bound = endpoint.address().getAddress();
        InetAddress dialled = dialable(endpoint).getAddress();
        Predicate<InetAddress> isIt = address -> address.equals(bound) || address.equals(dialled);
        return host.equalsIgnoreCase(listener.definition().endpoint().address().host())
                || IpText.parse(host).filter(isIt).isPresent()
                || (host.equalsIgnoreCase("localhost")
                        && (dialled.equals(IPV4_LOOPBACK) || dialled.equals(IPV6_LOOPBACK)));
    }

    /** Where to reach an endpoint of ours. */
    static Destination destination(String host, BoundEndpoint endpoint) {
        return new Destination(endpoint.protocol(), host, dialable(endpoint), endpoint.sightings());
    }

    /** A wildcard address is where one listens, not where one connects to: loopback of the same family is dialled. */
    static InetSocketAddress dialable(BoundEndpoint endpoint) {
        InetSocketAddress bound = endpoint.address();
        if (!bound.getAddress().isAnyLocalAddress()) {
            return bound;
        }
        InetAddress loopback = bound.getAddress() instanceof Inet6Address ? IPV6_LOOPBACK : IPV4_LOOPBACK;
        return new InetSocketAddress(loopback, bound.getPort());
    }
}
