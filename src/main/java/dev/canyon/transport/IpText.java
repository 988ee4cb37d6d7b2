package dev.canyon.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses as text, one way everywhere: IPv6 in its short form (RFC 5952). */
public final class IpText {

    private IpText() {}

    /** For example {@code 127.0.0.1} or {@code ::1}. */
    public static String of(InetAddress address) {
        return NetUtil.toAddressString(address);
    }

    /** For example {@code 127.0.0.1:7007} or {@code [::1]:7007}. */
    public static String of(InetSocketAddress address) {
        return new ListenAddress(of(address.getAddress()), address.getPort()).toString();
    }
}
