package dev.canyon.listener;

import dev.canyon.transport.IpText;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.Protocol;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which enabled listener has which endpoint, so that two of ours never want the same one. A claim stands from the moment a
 * listener is enabled, whether its port is open yet or not. May be used from any thread.
 */
final class EndpointClaims {

    private final Map<Slot, Set<Claim>> bySlot = new HashMap<>();
    private final Map<String, Set<Claim>> byHolder = new HashMap<>();

    private record Slot(Protocol protocol, int port) {}

    /** An endpoint that a listener has. */
    record Claim(String holder, Protocol protocol, InetSocketAddress address) {

        private Slot slot() {
            return new Slot(protocol, address.getPort());
        }
    }

    /**
     * Adds an endpoint to what {@code holder} has. Port 0 claims nothing until {@link #settle} tells the real one.
     *
     * @return what was added, to be withdrawn if nothing comes of it; null if the holder had it before
     * @throws EndpointTakenException if another listener has it or one that overlaps
     */
    synchronized @Nullable Claim claim(String holder, Protocol protocol, InetSocketAddress address) {
        Claim claim = new Claim(holder, protocol, address);
        for (Claim other : bySlot.getOrDefault(claim.slot(), Set.of())) {
            if (!other.holder.equals(holder) && ListenAddress.overlap(other.address, address)) {
                throw new EndpointTakenException(protocol + " " + IpText.of(address), other.holder);
            }
        }
        return add(claim) ? claim : null;
    }

    synchronized void withdraw(@Nullable Claim claim) {
        if (claim != null) {
            remove(claim);
            byHolder.computeIfPresent(claim.holder, (holder, claims) -> without(claims, claim));
        }
    }

    /** From now on {@code holder} has this endpoint and no other. */
    synchronized void settle(String holder, Protocol protocol, InetSocketAddress address) {
        release(holder);
        add(new Claim(holder, protocol, address));
    }

    synchronized void release(String holder) {
        Set<Claim> claims = byHolder.remove(holder);
        if (claims != null) {
            claims.forEach(this::remove);
        }
    }

    /**
     * Gives several holders what they want instead of what they have, all of them or none.
     *
     * @param wanted null for who shall have nothing
     * @return what they had, for {@link #restore}
     * @throws EndpointTakenException if two want the same, or one wants what another holder has
     */
    synchronized Map<String, Set<Claim>> reassign(Map<String, @Nullable Claim> wanted) {
        Map<String, Set<Claim>> before = new HashMap<>();
        wanted.keySet().forEach(holder -> before.put(holder, Set.copyOf(byHolder.getOrDefault(holder, Set.of()))));
        wanted.keySet().forEach(this::release);
        try {
            wanted.values().stream()
                    .filter(Objects::nonNull)
                    .forEach(claim -> claim(claim.holder, claim.protocol, claim.address));
            return before;
        } catch (EndpointTakenException ex) {
            restore(before);
            throw ex;
        }
    }

    /** Whether {@link #reassign} would succeed. @throws EndpointTakenException if it would not */
    synchronized void requireFree(Map<String, @Nullable Claim> wanted) {
        restore(reassign(wanted));
    }

    /** Gives holders back what they had before {@link #reassign}. */
    synchronized void restore(Map<String, Set<Claim>> before) {
        before.keySet().forEach(this::release);
        before.values().forEach(claims -> claims.forEach(this::add));
    }

    private boolean add(Claim claim) {
        if (claim.address.getPort() == 0) {
            return false;
        }
        byHolder.computeIfAbsent(claim.holder, holder -> new HashSet<>()).add(claim);
        return bySlot.computeIfAbsent(claim.slot(), slot -> new HashSet<>()).add(claim);
    }

    private void remove(Claim claim) {
        bySlot.computeIfPresent(claim.slot(), (slot, claims) -> without(claims, claim));
    }

    private static @Nullable Set<Claim> without(Set<Claim> claims, Claim claim) {
        claims.remove(claim);
        return claims.isEmpty() ? null : claims;
    }
}
