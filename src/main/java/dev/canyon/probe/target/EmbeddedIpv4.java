package dev.canyon.probe.target;

import dev.canyon.net.Cidr;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** IPv4 addresses embedded in IPv6 addresses: a packet to the one may reach the other. */
final class EmbeddedIpv4 {

    /** Mapped and compatible (RFC 4291, 2.5.5), translated (RFC 2765), NAT64 (RFC 6052): the last four bytes. */
    private static final List<Cidr> AT_THE_END = List.of(
            // The JDK converts mapped addresses to IPv4 when it parses them, so the range is given by a shorter prefix.
            Cidr.parse("::/80"), Cidr.parse("::ffff:0:0:0/96"), Cidr.parse("64:ff9b::/96"));

    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");
    private static final Cidr TEREDO = Cidr.parse("2001::/32");

    private EmbeddedIpv4() {}

    /** Returns the embedded addresses; none for an IPv4 address. */
    static List<InetAddress> in(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return List.of();
        }
        if (SIX_TO_FOUR.contains(address)) {
            return List.of(at(2, bytes));
        }
        if (TEREDO.contains(address)) {
            // RFC 4380: the server, and the client with every bit inverted.
            byte[] inverted = bytes.clone();
            for (int i = 12; i < inverted.length; i++) {
                inverted[i] = (byte) ~inverted[i];
            }
            return List.of(at(4, bytes), at(12, inverted));
        }
        return AT_THE_END.stream().anyMatch(range -> range.contains(address)) ? List.of(at(12, bytes)) : List.of();
    }

    private static InetAddress at(int offset, byte[] bytes) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + 4));
        } catch (UnknownHostException ex) {
            throw new IllegalStateException("a 4-byte address is always valid", ex);
        }
    }
}
