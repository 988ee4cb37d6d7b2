package dev.canyon.inspect;

import dev.canyon.transport.Protocol;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * A datagram, or what one read or write on a TCP connection carried.
 *
 * @param connection which TCP connection it belongs to; one number is never used for two, even if their ports are the
 *     same. Means nothing on UDP
 * @param local our end; of the same address family as {@code remote}
 * @param payload its first bytes; not copied, so it must not change any more
 * @param originalBytes how long the payload was before it was cut off, at least as long as {@code payload}; on UDP at most
 *     65,507, over IPv6 65,527
 */
public record CapturedMessage(
        Instant at,
        Direction direction,
        Protocol protocol,
        long connection,
        InetSocketAddress local,
        InetSocketAddress remote,
        byte[] payload,
        int originalBytes)
        implements Captured {

    private static final int LARGEST_DATAGRAM_IPV4 = 65_507;
    private static final int LARGEST_DATAGRAM_IPV6 = 65_527;

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
