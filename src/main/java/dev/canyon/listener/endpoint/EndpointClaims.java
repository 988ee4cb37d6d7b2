package dev.canyon.listener.endpoint;

import dev.canyon.net.IpText;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of all enabled listeners, so that no two of them overlap. A listener claims its endpoint when it is enabled,
 * before the port is open. Safe for use by multiple threads.
 */
public final class EndpointClaims {

    private final Map<Slot, Set<Claim>> bySlot = new HashMap<>();
    private final Map<String, Set<Claim>> byHolder = new HashMap<>();

    private record Slot(Protocol protocol, int port) {}

    /** An endpoint and the listener that claims it. */
    public record Claim(String holder, Protocol protocol, InetSocketAddress address) {

        private Slot slot() {
            return new Slot(protocol, address.getPort());
        }
    }

    /**
     * Adds an endpoint to those of {@code holder}. Port 0 claims nothing until {@link #settle} is called with the bound port.
     *
     * @return the claim that was added, to be withdrawn if it is not used; null if the holder had it before
     * @throws EndpointTakenException if another listener claims an overlapping endpoint
     */
    public synchronized @Nullable Claim claim(String holder, Protocol protocol, InetSocketAddress address) {
        Claim claim = new Claim(holder, protocol, address);
        for (Claim other : bySlot.getOrDefault(claim.slot(), Set.of())) {
            if (!other.holder.equals(holder) && ListenAddress.overlap(other.address, address)) {
                throw new EndpointTakenException(protocol + " " + IpText.of(address), holder, other.holder);
            }
        }
        return add(claim) ? claim : null;
    }

    public synchronized void withdraw(@Nullable Claim claim) {
        if (claim != null) {
            remove(claim);
            byHolder.computeIfPresent(claim.holder, (holder, claims) -> without(claims, claim));
        }
    }

    /** Replaces all claims of {@code holder} with this endpoint. */
    public synchronized void settle(String holder, Protocol protocol, InetSocketAddress address) {
        release(holder);
        add(new Claim(holder, protocol, address));
    }

    public synchronized void release(String holder) {
        Set<Claim> claims = byHolder.remove(holder);
        if (claims != null) {
            claims.forEach(this::remove);
        }
    }

    /**
     * Adds the future claims of several holders, all or none. They keep their present ones until {@link #keepOnly}, so that no
     * other listener can take either.
     *
     * @param wanted the future claim by holder; null for a holder that will have none
     * @return the claims that were added, to be withdrawn if they are not used
     * @throws EndpointTakenException if two of them overlap, or one overlaps the claim of a holder that is not among them
     */
    public synchronized List<Claim> add(Map<String, @Nullable Claim> wanted) {
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
                    throw new EndpointTakenException(
                            claim.protocol + " " + IpText.of(claim.address), claim.holder, other.holder);
                }
            }
            if (add(claim)) {
                added.add(claim);
            }
        }
        return added;
    }

    /** Replaces all claims of these holders with their future ones. */
    public synchronized void keepOnly(Map<String, @Nullable Claim> wanted) {
        wanted.forEach((holder, claim) -> {
            release(holder);
            if (claim != null) {
                add(claim);
            }
        });
    }

    /** Whether {@link #add} would succeed. @throws EndpointTakenException if it would not */
    public synchronized void requireFree(Map<String, @Nullable Claim> wanted) {
        add(wanted).forEach(this::withdraw);
    }

    /** The names of the listeners that claim this port on any address. */
    public synchronized Set<String> holders(Protocol protocol, int port) {
        return bySlot.getOrDefault(new Slot(protocol, port), Set.of()).stream()
                .map(Claim::holder)
                .collect(Collectors.toUnmodifiableSet());
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
