package dev.canyon.probe;

import dev.canyon.probe.TargetDecision.Permitted;
import dev.canyon.probe.TargetDecision.Refused;
import dev.canyon.probe.TargetDecision.Unknown;
import dev.canyon.transport.IpText;
import dev.canyon.transport.ListenAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which targets may be dialled, besides our own listeners. What no entry permits is refused, and an empty list permits
 * nothing. Immutable.
 *
 * <ul>
 *   <li>An entry is a range (CIDR), an address or a name, for all ports or for {@code :port} or {@code :from-to}.
 *   <li>A name is looked up once. Each of its addresses has to be permitted, by a range or by an entry for just this name;
 *       the first is the one to dial. It is not even looked up if no entry could permit it on that port: a question to a
 *       name service is a packet too.
 *   <li>{@linkplain SpecialRange Special} addresses take an entry within their own range; {@code 0.0.0.0/0} and names do
 *       not include them, but for {@code localhost}.
 *   <li>An IPv6 address that carries an {@linkplain EmbeddedIpv4 IPv4 address} is permitted only if both are.
 *   <li>Only what is written like an address is taken for one. Every other spelling goes the way of a name, so that what
 *       counts is the address the system makes of it.
 * </ul>
 */
public final class AllowedTargets {

    private final List<TargetEntry> entries;
    private final Surroundings surroundings;

    AllowedTargets(List<TargetEntry> entries, Surroundings surroundings) {
        this.entries = List.copyOf(entries);
        this.surroundings = surroundings;
    }

    /**
     * Reads entries such as {@code 10.0.0.0/8}, {@code 192.0.2.7:7000-7010}, {@code [fd00::/8]:7007} or {@code host:7007}.
     *
     * @throws IllegalArgumentException if a text is none; says which and what was expected
     */
    public static AllowedTargets of(List<String> texts) {
        return new AllowedTargets(texts.stream().map(AllowedTargets::entry).toList(), Surroundings.SYSTEM);
    }

    private static TargetEntry entry(String text) {
        try {
            return TargetEntry.parse(text);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no target: " + ex.getMessage() + "; write a range, an address or a host name,"
                            + " with :port or :from-to if not all ports are meant: for example 10.0.0.0/8,"
                            + " 192.0.2.7:7007, [fd00::/8]:7000-7010 or echo.example.net:7007",
                    ex);
        }
    }

    /**
     * Decides. Blocks on the name service if the host is no address and may be looked up.
     *
     * @param host an address or a name, as {@link ListenAddress} has it
     * @param port 1 to 65535
     */
    public TargetDecision decide(String host, int port) {
        InetAddress literal = IpText.parse(host).orElse(null);
        if (literal != null) {
            return permits(null, literal, port) ? permitted(literal, port) : refused(host, port, special(literal));
        }
        if (!mayLookUp(host, port)) {
            return refused(host, port, null);
        }
        List<InetAddress> addresses;
        try {
            addresses = surroundings.addresses(host);
        } catch (UnknownHostException ex) {
            return new Unknown("'" + host + "' has no address known to this machine");
        }
        return addresses.stream().allMatch(address -> permits(host, address, port))
                ? permitted(addresses.get(0), port)
                : refused(host, port, null);
    }

    private boolean mayLookUp(String name, int port) {
        return entriesFor(port)
                .anyMatch(entry -> entry instanceof TargetEntry.Addresses || ((TargetEntry.Name) entry).isNamed(name));
    }

    private boolean permits(@Nullable String name, InetAddress address, int port) {
        return Stream.concat(Stream.of(address), EmbeddedIpv4.in(address).stream())
                .allMatch(face -> {
                    SpecialRange special = special(face);
                    return entriesFor(port).anyMatch(entry -> entry.permits(name, face, special));
                });
    }

    private Stream<TargetEntry> entriesFor(int port) {
        return entries.stream().filter(entry -> entry.ports().contains(port));
    }

    private @Nullable SpecialRange special(InetAddress address) {
        return SpecialRange.of(address)
                .orElseGet(() -> surroundings.isBroadcast(address) ? SpecialRange.directedBroadcast(address) : null);
    }

    private static TargetDecision permitted(InetAddress address, int port) {
        return new Permitted(new InetSocketAddress(address, port));
    }

    /** For a name it is the same whatever its addresses are: they are nothing to tell to those who may not reach them. */
    private static TargetDecision refused(String host, int port, @Nullable SpecialRange special) {
        return new Refused("canyon.targets.allowed does not permit " + new ListenAddress(host, port) + ": "
                + (special == null
                        ? "add an entry for it there; special addresses, such as loopback, take one of their own"
                        : "a " + special.kind() + " address takes an entry within " + special.range())
                + ". Running listeners of Canyon need none");
    }
}
