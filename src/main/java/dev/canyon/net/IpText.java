package dev.canyon.net;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses and formats addresses; IPv6 in the canonical form of RFC 5952. */
public final class IpText {

    /**
     * Dotted decimal without short forms or leading zeros, or text with a colon. A leading dot is not accepted, because the JDK
     * would look such a text up as a name. Only one part can match the first colon, so matching takes linear time.
     */
    private static final Pattern LITERAL = Pattern.compile(
            "(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}|(?!\\.)[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private IpText() {}

    /**
     * Parses an address literal; never uses a name service. Short and octal forms, brackets and scopes are not accepted.
     * {@code ::ffff:192.0.2.7} is parsed as the embedded IPv4 address.
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
        // The same text for IPv4, but without loading Netty's class, which delays a command line.
        return address instanceof Inet4Address ? address.getHostAddress() : NetUtil.toAddressString(address);
    }

    /** For example {@code 127.0.0.1:7007} or {@code [::1]:7007}. */
    public static String of(InetSocketAddress address) {
        return new ListenAddress(of(address.getAddress()), address.getPort()).toString();
    }
}
