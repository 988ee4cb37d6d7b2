package dev.canyon.probe.target;

import dev.canyon.net.IpText;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Loopback;
import dev.canyon.probe.target.TargetDecision.Permitted;
import dev.canyon.probe.target.TargetDecision.Refused;
import dev.canyon.probe.target.TargetDecision.Unknown;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The allow-list of targets other than listeners of Canyon. What no entry permits is rejected; an empty list permits nothing. Immutable.
 *
 * <ul>
 *   <li>An entry is a range (CIDR), an address or a host name, for all ports or for {@code :port} or {@code :from-to}.
 *   <li>A host name is resolved once. Each of its addresses must be permitted, by a range or by an entry for this name; the
 *       first is dialled. A name that no entry could permit on that port is not resolved: a DNS query is a packet, too.
 *   <li>{@linkplain SpecialRange Special} addresses require an entry within their own range; {@code 0.0.0.0/0} and host names
 *       do not include them, except {@code localhost}.
 *   <li>An IPv6 address with an {@linkplain EmbeddedIpv4 embedded IPv4 address} is permitted only if both are.
 *   <li>A host is an address in its usual notation or a host name. Other notations of addresses ({@code 127.1},
 *       {@code 0x7f000001}), which some systems accept, are neither. Host names and IPv6 addresses with a scope are resolved
 *       by the system.
 * </ul>
 */
public final class AllowedTargets {

    private final List<TargetEntry> entries;
    private final HostEnvironment environment;

    AllowedTargets(List<TargetEntry> entries, HostEnvironment environment) {
        this.entries = List.copyOf(entries);
        this.environment = environment;
    }

    /**
     * Parses entries such as {@code 10.0.0.0/8}, {@code 192.0.2.7:7000-7010}, {@code [fd00::/8]:7007} or {@code host:7007}.
     *
     * @throws IllegalArgumentException names the invalid entry and the expected format
     */
    public static AllowedTargets of(List<String> texts) {
        return new AllowedTargets(texts.stream().map(AllowedTargets::entry).toList(), HostEnvironment.SYSTEM);
    }

    private static TargetEntry entry(String text) {
        try {
            return TargetEntry.parse(text);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a target: " + ex.getMessage() + "; expected a range, an IP address or a host"
                            + " name, optionally with :port or :from-to, for example 10.0.0.0/8, 192.0.2.7:7007,"
                            + " [fd00::/8]:7000-7010 or echo.example.net:7007",
                    ex);
        }
    }

    /**
     * Decides whether a target may be dialled. Blocks on the name service if the host is a name that an entry may permit.
     *
     * @param host an address or a host name, as in {@link ListenAddress}
     * @param port 1 to 65535
     */
    public TargetDecision decide(String host, int port) {
        InetAddress literal = IpText.parse(host).orElse(null);
        if (literal != null) {
            return permits(null, literal, port) ? permitted(literal, port) : refused(host, port, special(literal));
        }
        if (!TargetEntry.isName(host) && !isScoped(host)) {
            return new Refused("'" + host + "' is neither an IP address nor a host name");
        }
        if (!mayResolve(host, port)) {
            return refused(host, port, null);
        }
        List<InetAddress> addresses;
        try {
            addresses = environment.addresses(host);
        } catch (UnknownHostException ex) {
            return new Unknown(String.valueOf(ex.getMessage()));
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

    private boolean mayResolve(String name, int port) {
        return entriesFor(port)
                .anyMatch(entry -> entry instanceof TargetEntry.Addresses || ((TargetEntry.Name) entry).isNamed(name));
    }

    private boolean permits(@Nullable String name, InetAddress address, int port) {
        return Stream.concat(Stream.of(address), EmbeddedIpv4.in(address).stream())
                .allMatch(each -> {
                    SpecialRange special = special(each);
                    return entriesFor(port).anyMatch(entry -> entry.permits(name, each, special));
                });
    }

    private Stream<TargetEntry> entriesFor(int port) {
        return entries.stream().filter(entry -> entry.ports().contains(port));
    }

    private @Nullable SpecialRange special(InetAddress address) {
        return SpecialRange.of(address)
                .orElseGet(() -> environment.isBroadcast(address) ? SpecialRange.directedBroadcast(address) : null);
    }

    private static TargetDecision permitted(InetAddress address, int port) {
        return new Permitted(new InetSocketAddress(Loopback.inPlaceOfWildcard(address), port));
    }

    /** The message about a host name does not depend on its addresses, so that it discloses nothing about them. */
    private static TargetDecision refused(String host, int port, @Nullable SpecialRange special) {
        return new Refused("canyon.targets.allowed does not permit " + new ListenAddress(host, port) + ": "
                + (special == null
                        ? "add an entry for it; special addresses, such as loopback, require an entry of their own"
                        : "a " + special.kind() + " address requires an entry within " + special.range())
                + ". Canyon's running listeners are always permitted");
    }
}
