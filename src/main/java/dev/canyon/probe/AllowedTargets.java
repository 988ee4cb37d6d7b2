package dev.canyon.probe;

import dev.canyon.probe.TargetDecision.Permitted;
import dev.canyon.probe.TargetDecision.Refused;
import dev.canyon.probe.TargetDecision.Unknown;
import dev.canyon.transport.IpText;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.Loopback;
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
 *   <li>A host is an address as it is usually written, or a name by the rules for names. Other spellings of addresses
 *       ({@code 127.1}, {@code 0x7f000001}), which some systems understand, are neither. The address of a name, and that of
 *       an IPv6 address with a scope, is the one the system gives.
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
        if (!TargetEntry.isName(host) && !isScoped(host)) {
            return new Refused("'" + host + "' is neither an address as it is usually written nor a host name");
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

    /** For example {@code fe80::1%eth0}. */
    private static boolean isScoped(String host) {
        int percent = host.indexOf('%');
        return percent > 0
                && host.indexOf(':') >= 0
                && IpText.parse(host.substring(0, percent)).isPresent();
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
        return new Permitted(new InetSocketAddress(Loopback.inPlaceOfWildcard(address), port));
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
