package dev.canyon.listener;

import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.Protocol;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which enabled listener has which endpoint, so that two of ours never want the same one. A claim stands from the moment
 * a listener is enabled, whether its port is open yet or not. May be used from any thread.
 */
final class EndpointClaims {

    private record Slot(Protocol protocol, int port) {}

    private record Claim(String holder, InetSocketAddress address) {}

    private final Map<Slot, Set<Claim>> bySlot = new HashMap<>();
    private final Map<String, Map<Slot, Claim>> byHolder = new HashMap<>();

    /**
     * Adds an endpoint to what {@code holder} has. Port 0 claims nothing until {@link #settle} tells the real one.
     *
     * @throws EndpointTakenException if another listener has it or one that overlaps
     * @throws dev.canyon.transport.BindFailedException if the host name has no address
     */
    void claim(String holder, EndpointSpec endpoint) {
        InetSocketAddress address = endpoint.address().resolve();
        synchronized (this) {
            Slot slot = new Slot(endpoint.protocol(), address.getPort());
            for (Claim other : bySlot.getOrDefault(slot, Set.of())) {
                if (!other.holder.equals(holder) && ListenAddress.overlap(other.address, address)) {
                    throw new EndpointTakenException(endpoint.protocol() + " " + endpoint.address(), other.holder);
                }
            }
            add(holder, slot, address);
        }
    }

    /** From now on {@code holder} has this endpoint and no other. */
    synchronized void settle(String holder, Protocol protocol, InetSocketAddress address) {
        release(holder);
        add(holder, new Slot(protocol, address.getPort()), address);
    }

    synchronized void release(String holder) {
        Map<Slot, Claim> claims = byHolder.remove(holder);
        if (claims != null) {
            claims.forEach(this::removeFromSlot);
        }
    }

    private void add(String holder, Slot slot, InetSocketAddress address) {
        if (address.getPort() == 0) {
            return;
        }
        Claim claim = new Claim(holder, address);
        Claim before = byHolder.computeIfAbsent(holder, name -> new HashMap<>()).put(slot, claim);
        if (before != null) {
            removeFromSlot(slot, before);
        }
        bySlot.computeIfAbsent(slot, key -> new HashSet<>()).add(claim);
    }

    private void removeFromSlot(Slot slot, Claim claim) {
        bySlot.computeIfPresent(slot, (key, claims) -> {
            claims.remove(claim);
            return claims.isEmpty() ? null : claims;
        });
    }
}
