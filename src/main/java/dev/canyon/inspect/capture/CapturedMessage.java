package dev.canyon.inspect.capture;

import dev.canyon.engine.peer.Direction;
import dev.canyon.net.Protocol;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;

/**
 * A datagram, or the data of one read or write on a TCP connection.
 *
 * @param connection number of the TCP connection, unique even if ports are reused; undefined for UDP
 * @param local the address of Canyon; of the same family as {@code remote}
 * @param payload the first bytes; not copied, so it must not be modified
 * @param originalBytes length of the message before truncation, at least that of {@code payload}; for UDP at most 65,507, over IPv6
 *     65,527
 * @param faults ids of the faults that were applied to it, in the order of their effect: to a reply before it was sent, or to a
 *     received message that was not answered as a whole
 * @param decrypted whether it is the plaintext of a connection with TLS
 */
public record CapturedMessage(
        Instant at,
        Direction direction,
        Protocol protocol,
        long connection,
        InetSocketAddress local,
        InetSocketAddress remote,
        byte[] payload,
        int originalBytes,
        List<String> faults,
        boolean decrypted)
        implements Captured {

    private static final int LARGEST_DATAGRAM_IPV4 = 65_507;
    private static final int LARGEST_DATAGRAM_IPV6 = 65_527;

    /** A message of a flow without TLS. */
    public CapturedMessage(
            Instant at,
            Direction direction,
            Protocol protocol,
            long connection,
            InetSocketAddress local,
            InetSocketAddress remote,
            byte[] payload,
            int originalBytes,
            List<String> faults) {
        this(at, direction, protocol, connection, local, remote, payload, originalBytes, faults, false);
    }

    public CapturedMessage {
        if (isIpv6(local) != isIpv6(remote)) {
            throw new IllegalArgumentException("addresses: " + local + ", " + remote + " (expected: of one family)");
        }
        if (originalBytes < payload.length) {
            throw new IllegalArgumentException(
                    "originalBytes: " + originalBytes + " (expected: at least " + payload.length + ")");
        }
        int largest = isIpv6(local) ? LARGEST_DATAGRAM_IPV6 : LARGEST_DATAGRAM_IPV4;
        if (protocol == Protocol.UDP && originalBytes > largest) {
            throw new IllegalArgumentException(
                    "originalBytes: " + originalBytes + " (expected: at most " + largest + ")");
        }
    }

    private static boolean isIpv6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }
}
