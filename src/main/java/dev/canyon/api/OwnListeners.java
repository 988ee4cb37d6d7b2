package dev.canyon.api;

import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerSnapshot;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.transport.BoundEndpoint;
import dev.canyon.transport.IpText;
import dev.canyon.transport.Loopback;
import dev.canyon.transport.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

/** Our own running listeners, as targets. They may always be dialled, on the address that they have bound. */
final class OwnListeners {

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
                        && (dialled.equals(Loopback.IPV4) || dialled.equals(Loopback.IPV6)));
    }

    /** Where to reach an endpoint of ours. */
    static Destination destination(String host, BoundEndpoint endpoint) {
        return new Destination(endpoint.protocol(), host, dialable(endpoint), endpoint.sightings());
    }

    /** One on a wildcard address on loopback. */
    static InetSocketAddress dialable(BoundEndpoint endpoint) {
        InetSocketAddress bound = endpoint.address();
        return new InetSocketAddress(Loopback.inPlaceOfWildcard(bound.getAddress()), bound.getPort());
    }
}
