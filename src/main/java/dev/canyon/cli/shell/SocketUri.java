package dev.canyon.cli.shell;

import dev.canyon.net.IpText;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A socket address on the command line: {@code tcp://127.0.0.1:7007}, {@code udp://[::1]:7007}, {@code tls://example.net:443}.
 *
 * @param isTls whether TLS is used over TCP
 */
public record SocketUri(Protocol protocol, boolean isTls, ListenAddress address) {

    private static final String TLS = "tls";

    /** Any part may be missing, so that the message can name it. */
    private static final Pattern FORM =
            Pattern.compile("(?:([^:/\\[]*)://)?(\\[[^\\[\\]]*]|[^\\[\\]:/]*)(?::([^:/]*))?/?");

    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    /** @throws IllegalArgumentException names the part that is missing or invalid, and the expected format */
    public static SocketUri parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw invalid(text, "is not a socket address");
        }
        boolean isTls = TLS.equalsIgnoreCase(form.group(1));
        Protocol protocol = isTls ? Protocol.TCP : protocol(text, form.group(1));
        String host = host(form.group(2));
        String port = form.group(3);
        if (host.isEmpty()) {
            throw invalid(text, "has no host");
        }
        if (port == null || port.isEmpty()) {
            throw invalid(text, "has no port");
        }
        if (!PORT.matcher(port).matches() || Integer.parseInt(port) > ListenAddress.MAX_PORT) {
            throw new IllegalArgumentException(
                    "'" + text + "' has port " + port + " (expected: 0 to " + ListenAddress.MAX_PORT + ")");
        }
        return new SocketUri(protocol, isTls, new ListenAddress(host, Integer.parseInt(port)));
    }

    private static Protocol protocol(String text, String scheme) {
        if (scheme == null || scheme.isEmpty()) {
            throw invalid(text, "has no protocol");
        }
        try {
            return Protocol.valueOf(scheme.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException ex) {
            throw invalid(text, "has the protocol '" + scheme + "'");
        }
    }

    /** Without brackets. In a URI the percent sign before a zone is written {@code %25} (RFC 6874). */
    private static String host(String written) {
        return written.startsWith("[")
                ? written.substring(1, written.length() - 1).replaceFirst("%25(?=.)", "%")
                : written;
    }

    private static IllegalArgumentException invalid(String text, String fault) {
        return new IllegalArgumentException(
                "'" + text + "' " + fault
                        + " (expected: tcp://HOST:PORT, udp://HOST:PORT or tls://HOST:PORT; IPv6 addresses in brackets: tcp://[::1]:7007)");
    }

    public static String of(Protocol protocol, boolean isTls, InetSocketAddress address) {
        return (isTls ? TLS : protocol) + "://" + IpText.of(address);
    }

    public String host() {
        return address.host();
    }

    public int port() {
        return address.port();
    }

    @Override
    public String toString() {
        return (isTls ? TLS : protocol) + "://" + address;
    }
}
