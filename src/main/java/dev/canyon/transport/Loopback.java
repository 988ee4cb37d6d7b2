package dev.canyon.transport;

import java.net.Inet6Address;
import java.net.InetAddress;

/** The loopback address of each family. */
public final class Loopback {

    public static final InetAddress IPV4 = IpText.parse("127.0.0.1").orElseThrow();
    public static final InetAddress IPV6 = IpText.parse("::1").orElseThrow();

    private Loopback() {}

    /**
     * A wildcard address is where one listens, not where one connects to: to the kernel that means loopback, but to the JDK
     * sometimes another address.
     *
     * @return loopback of the same family for a wildcard, any other address as it is
     */
    public static InetAddress inPlaceOfWildcard(InetAddress address) {
        if (!address.isAnyLocalAddress()) {
            return address;
        }
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }
}
