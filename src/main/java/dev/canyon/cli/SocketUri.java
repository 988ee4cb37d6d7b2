package dev.canyon.cli;

import dev.canyon.transport.IpText;
import dev.canyon.transport.ListenAddress;
import dev.canyon.transport.Protocol;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A socket as it is written on a command line: {@code tcp://127.0.0.1:7007}, {@code udp://[::1]:7007}. */
record SocketUri(Protocol protocol, ListenAddress address) {

    private static final Pattern FORM =
            Pattern.compile("(?i)(tcp|udp)://(?:\\[([^\\[\\]]+)]|([^\\[\\]:/]+)):(\\d{1,5})/?");

    /** @throws IllegalArgumentException says what was expected */
    static SocketUri parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' (expected: tcp://HOST:PORT or udp://HOST:PORT, with an IPv6 address in brackets:"
                            + " tcp://[::1]:7007)");
        }
        String host = form.group(2) == null ? form.group(3) : form.group(2);
        return new SocketUri(
                Protocol.valueOf(form.group(1).toUpperCase(Locale.ROOT)),
                new ListenAddress(host, Integer.parseInt(form.group(4))));
    }

    static String of(Protocol protocol, InetSocketAddress address) {
        return protocol + "://" + IpText.of(address);
    }

    String host() {
        return address.host();
    }

    int port() {
        return address.port();
    }

    @Override
    public String toString() {
        return protocol + "://" + address;
    }
}
