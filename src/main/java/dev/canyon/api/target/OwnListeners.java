package dev.canyon.api.target;

import dev.canyon.engine.endpoint.BoundEndpoint;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.net.IpText;
import dev.canyon.net.Loopback;
import dev.canyon.net.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

/** Canyon's running listeners as targets. Connecting to their bound addresses is always permitted. */
public final class OwnListeners {

    private final ListenerDirectory directory;

    OwnListeners(ListenerDirectory directory) {
        this.directory = directory;
    }

    /**
     * Finds the running listener that a target names by its bound address, by the host of its definition, or as localhost. No
     * name is resolved. A listener on a wildcard address is reached on loopback only, where the port is certain to be its own.
     */
    Optional<Destination> at(Protocol protocol, String host, int port) {
        return directory
                .at(protocol, port)
                .filter(listener -> listener.state() instanceof Running running
                        && running.endpoint().address().getPort() == port
                        && isNamed(host, listener, running.endpoint()))
                .map(listener -> destination(host, listener, ((Running) listener.state()).endpoint(), false))
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

    /** The destination of a listener that is named. */
    public static Destination named(String host, ListenerSnapshot listener, BoundEndpoint endpoint) {
        return destination(host, listener, endpoint, true);
    }

    private static Destination destination(
            String host, ListenerSnapshot listener, BoundEndpoint endpoint, boolean isNamed) {
        return new Destination(
                endpoint.protocol(),
                host,
                dialable(endpoint),
                endpoint.expectedPeers(),
                listener.definition(),
                isNamed);
    }

    /** The address to connect to: the bound one, or loopback for a wildcard. */
    public static InetSocketAddress dialable(BoundEndpoint endpoint) {
        InetSocketAddress bound = endpoint.address();
        return new InetSocketAddress(Loopback.inPlaceOfWildcard(bound.getAddress()), bound.getPort());
    }
}
