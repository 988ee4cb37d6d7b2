package dev.canyon.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** IPv4-mapped IPv6 addresses: {@code ::ffff:192.0.2.7} (RFC 4291, 2.5.5.2). */
public final class Ipv4Mapped {

    private static final int PREFIX = 12;

    private Ipv4Mapped() {}

    /** The embedded IPv4 address, or the address itself if it is not a mapped one. */
    public static InetAddress unwrap(InetAddress address) {
        if (address instanceof Inet4Address) {
            return address;
        }
        byte[] bytes = address.getAddress();
        for (int i = 0; i < PREFIX; i++) {
            if (bytes[i] != (i < PREFIX - 2 ? 0 : (byte) 0xff)) {
                return address;
            }
        }
        try {
            // The JDK returns an Inet4Address for a mapped address.
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException ex) {
            throw new IllegalStateException("16 bytes are an address", ex);
        }
    }
}
