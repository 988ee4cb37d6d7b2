package dev.canyon.transport;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Between whom bytes go: a TCP connection, or the datagrams of one source.
 *
 * @param connection the id that the connection has in {@link Peers}; 0 on UDP
 * @param local our end; the wildcard address if no UDP socket of the address is ours alone
 * @param remote of the same address family
 */
public record Flow(long connection, Protocol protocol, InetSocketAddress local, InetSocketAddress remote) {

    private static final InetAddress IPV4_WILDCARD = ipv4Wildcard();

    /** @param remote is copied: what Netty hands out keeps more alive than the address */
    static Flow ofDatagrams(InetSocketAddress local, InetSocketAddress remote) {
        InetSocketAddress from = new InetSocketAddress(remote.getAddress(), remote.getPort());
        return new Flow(0, Protocol.UDP, inFamilyOf(from, local), from);
    }

    /** Where a wildcard IPv6 socket gets datagrams of IPv4, only to drop them, it is IPv4's wildcard that got them. */
    private static InetSocketAddress inFamilyOf(InetSocketAddress remote, InetSocketAddress local) {
        boolean mixed = remote.getAddress() instanceof Inet4Address && local.getAddress() instanceof Inet6Address;
        return mixed ? new InetSocketAddress(IPV4_WILDCARD, local.getPort()) : local;
    }

    private static InetAddress ipv4Wildcard() {
        try {
            return InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException ex) {
            throw new IllegalStateException("four bytes are an address", ex);
        }
    }
}
