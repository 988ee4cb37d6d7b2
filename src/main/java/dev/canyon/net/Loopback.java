package dev.canyon.net;

import java.net.Inet6Address;
import java.net.InetAddress;

/** The loopback address of each family. */
public final class Loopback {

    public static final InetAddress IPV4 = IpText.parse("127.0.0.1").orElseThrow();
    public static final InetAddress IPV6 = IpText.parse("::1").orElseThrow();

    private Loopback() {}

    /**
     * Replaces a wildcard address, to which no client should connect: the kernel treats it as loopback, the JDK sometimes as
     * another address.
     *
     * @return loopback of the same family for a wildcard address, otherwise the address itself
     */
    public static InetAddress inPlaceOfWildcard(InetAddress address) {
        if (!address.isAnyLocalAddress()) {
            return address;
        }
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }
}
