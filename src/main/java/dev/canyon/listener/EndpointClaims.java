package dev.canyon.listener;

import dev.canyon.transport.IpText;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.Protocol;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
     * Adds to what several holders have what they want instead, all of it or nothing. They have both until {@link #keepOnly},
     * so that nobody else gets in between.
     *
     * @param wanted null for who shall have nothing
     * @return what was added, to be withdrawn if nothing comes of it
     * @throws EndpointTakenException if two want the same, or one wants what a holder has who is not among them
     */
    synchronized List<Claim> add(Map<String, @Nullable Claim> wanted) {
        Set<@Nullable Claim> future = new HashSet<>(wanted.values());
        List<Claim> added = new ArrayList<>();
        for (Claim claim : wanted.values()) {
            if (claim == null) {
                continue;
            }
            for (Claim other : bySlot.getOrDefault(claim.slot(), Set.of())) {
                boolean stays = !wanted.containsKey(other.holder) || future.contains(other);
                if (stays
                        && !other.holder.equals(claim.holder)
                        && ListenAddress.overlap(other.address, claim.address)) {
                    added.forEach(this::withdraw);
                    throw new EndpointTakenException(claim.protocol + " " + IpText.of(claim.address), other.holder);
                }
            }
            if (add(claim)) {
                added.add(claim);
            }
        }
        return added;
    }

    /** From now on these holders have what they wanted, and nothing else. */
    synchronized void keepOnly(Map<String, @Nullable Claim> wanted) {
        wanted.forEach((holder, claim) -> {
            release(holder);
            if (claim != null) {
                add(claim);
            }
        });
    }

    /** Whether {@link #add} would succeed. @throws EndpointTakenException if it would not */
    synchronized void requireFree(Map<String, @Nullable Claim> wanted) {
        add(wanted).forEach(this::withdraw);
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
