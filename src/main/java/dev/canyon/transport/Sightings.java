package dev.canyon.transport;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who an endpoint has just seen, for those who asked beforehand. While nobody waits it costs one read of an empty map
 * per connection or datagram.
 */
public final class Sightings {

    private final Map<Integer, CompletableFuture<InetSocketAddress>> awaited = new ConcurrentHashMap<>();

    /**
     * Waits for the next peer whose source port is {@code port}; the address it is seen with may differ from the one it
     * bound, which is how address translation shows. Cancel the future when it is no longer wanted: until then it is held.
     */
    public CompletableFuture<InetSocketAddress> await(int port) {
        CompletableFuture<InetSocketAddress> sighting = new CompletableFuture<>();
        awaited.put(port, sighting);
        sighting.whenComplete((peer, failure) -> awaited.remove(port, sighting));
        return sighting;
    }

    void seen(InetSocketAddress peer) {
        if (awaited.isEmpty()) {
            return;
        }
        CompletableFuture<InetSocketAddress> sighting = awaited.get(peer.getPort());
        if (sighting != null) {
            sighting.complete(peer);
        }
    }
}
