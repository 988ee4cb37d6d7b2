package dev.canyon.engine.peer;

import dev.canyon.net.Protocol;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * The two ends of a TCP connection, or of the datagrams of one source.
 *
 * @param connection the id that the connection has in {@link Peers}; 0 on UDP
 * @param local the address of the listener; the wildcard address if no UDP socket is bound to the specific one
 * @param remote of the same address family
 * @param decrypted whether it is a connection with TLS, whose messages are known as plaintext
 */
public record Flow(
        long connection, Protocol protocol, InetSocketAddress local, InetSocketAddress remote, boolean decrypted) {

    private static final InetAddress IPV4_WILDCARD = ipv4Wildcard();

    /** A flow without TLS. */
    public Flow(long connection, Protocol protocol, InetSocketAddress local, InetSocketAddress remote) {
        this(connection, protocol, local, remote, false);
    }

    /** @param remote is copied, because Netty's object retains more than the address */
    public static Flow ofDatagrams(InetSocketAddress local, InetSocketAddress remote) {
        InetSocketAddress from = new InetSocketAddress(remote.getAddress(), remote.getPort());
        return new Flow(0, Protocol.UDP, inFamilyOf(from, local), from);
    }

    /** A wildcard IPv6 socket can receive IPv4 datagrams, which are dropped; their local address is the IPv4 wildcard. */
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
