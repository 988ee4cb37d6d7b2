package dev.canyon.transport;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses as text, one way everywhere: IPv6 in its short form (RFC 5952). */
public final class IpText {

    /**
     * Dotted decimal without short forms or leading zeros, or something with a colon. It does not begin with a dot: that the
     * JDK would take for a name, and look up. Only one part can match the first colon: a long text takes no long time.
     */
    private static final Pattern LITERAL = Pattern.compile(
            "(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}|(?!\\.)[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private IpText() {}

    /**
     * Reads an address as it is usually written; asks no name service. Short and octal forms, brackets and scopes are none.
     * {@code ::ffff:192.0.2.7} is the IPv4 address inside.
     */
    public static Optional<InetAddress> parse(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException ex) {
            return Optional.empty();
        }
    }

    /** For example {@code 127.0.0.1} or {@code ::1}. */
    public static String of(InetAddress address) {
        // Both write IPv4 the same way. Netty's takes a moment to load, which a command line need not wait for.
        return address instanceof Inet4Address ? address.getHostAddress() : NetUtil.toAddressString(address);
    }

    /** For example {@code 127.0.0.1:7007} or {@code [::1]:7007}. */
    public static String of(InetSocketAddress address) {
        return new ListenAddress(of(address.getAddress()), address.getPort()).toString();
    }
}
