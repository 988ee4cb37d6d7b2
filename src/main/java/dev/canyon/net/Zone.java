package dev.canyon.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The zone of an IPv6 address (RFC 4007): every interface has addresses in {@code fe80::/10}, so that one of them means a
 * socket only together with its interface, as in {@code fe80::1%eth0}.
 */
public final class Zone {

    /** As in a URI (RFC 6874). Before a digit, {@code 25} may belong to the index of an interface. */
    private static final Pattern ENCODED = Pattern.compile("%25(?=[A-Za-z])");

    private static final int MAX_SHOWN = 8;

    private Zone() {}

    /** The host with a zone in the form of URIs, {@code fe80::1%25eth0}, in that of addresses; any other host unchanged. */
    public static String decode(String host) {
        return ENCODED.matcher(host).replaceFirst("%");
    }

    /** Why no socket can use the address: it needs a zone and has none. Empty if it can. */
    public static Optional<String> missing(InetAddress address) {
        boolean ambiguous = address instanceof Inet6Address ipv6
                && ipv6.isLinkLocalAddress()
                && ipv6.getScopeId() == 0
                && ipv6.getScopedInterface() == null;
        if (!ambiguous) {
            return Optional.empty();
        }
        String text = IpText.of(address);
        return Optional.of(text + " is a link-local address: name its interface, " + text + "%"
                + holder(address).orElse("eth0") + interfaces());
    }

    /** Why a host could not be resolved, if the reason is its zone. */
    public static Optional<String> unknown(String host) {
        int percent = host.indexOf('%');
        return percent < 0
                ? Optional.empty()
                : Optional.of(
                        "no interface of this host is named '" + host.substring(percent + 1) + "'" + interfaces());
    }

    /** The interface that has the address; otherwise the first one that could. */
    private static Optional<String> holder(InetAddress address) {
        try {
            NetworkInterface own = NetworkInterface.getByInetAddress(address);
            return own == null ? names().stream().findFirst() : Optional.of(own.getName());
        } catch (SocketException ex) {
            return Optional.empty();
        }
    }

    private static String interfaces() {
        List<String> names = names();
        return names.isEmpty()
                ? " (no interface of this host has link-local addresses)"
                : " (interfaces of this host: " + String.join(", ", names.subList(0, Math.min(MAX_SHOWN, names.size())))
                        + ")";
    }

    /** The interfaces that have a link-local address. */
    private static List<String> names() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(each -> each.inetAddresses()
                            .anyMatch(address -> address instanceof Inet6Address && address.isLinkLocalAddress()))
                    .map(NetworkInterface::getName)
                    .sorted()
                    .toList();
        } catch (SocketException ex) {
            return List.of();
        }
    }
}
