package dev.canyon.probe.target;

import dev.canyon.net.Cidr;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A range of addresses with a special meaning (RFC 6890). An address in it is permitted only by an entry within the range.
 *
 * @param kind for messages, for example {@code loopback}
 */
record SpecialRange(String kind, Cidr range) {

    static final String LOOPBACK = "loopback";

    /** Sorted by prefix, longest first: metadata addresses are not treated as link-local. */
    private static final List<SpecialRange> KNOWN = Stream.of(
                    ranges("unspecified", "0.0.0.0/8", "::"),
                    ranges(LOOPBACK, "127.0.0.0/8", "::1"),
                    ranges("link-local", "169.254.0.0/16", "fe80::/10"),
                    // Cloud services that hand out credentials: AWS, Google, Azure and others; ECS and EKS; Alibaba;
                    // Azure; Oracle.
                    ranges("metadata", "169.254.169.254", "fd00:ec2::254", "fd20:ce::254"),
                    ranges("metadata", "169.254.170.2", "169.254.170.23", "fd00:ec2::23"),
                    ranges("metadata", "100.100.100.200", "168.63.129.16", "192.0.0.192"),
                    ranges("multicast", "224.0.0.0/4", "ff00::/8"),
                    ranges("broadcast", "255.255.255.255"),
                    // RFC 8215: the position of the embedded IPv4 address is known to the local network only.
                    ranges("translated", "64:ff9b:1::/48"))
            .flatMap(kinds -> kinds)
            .sorted(Comparator.comparingInt(special -> -special.range.prefix()))
            .toList();

    private static Stream<SpecialRange> ranges(String kind, String... ranges) {
        return Stream.of(ranges).map(range -> new SpecialRange(kind, Cidr.parse(range)));
    }

    static Optional<SpecialRange> of(InetAddress address) {
        return KNOWN.stream().filter(special -> special.range.contains(address)).findFirst();
    }

    /** Returns the range of a broadcast address of a network of this host. */
    static SpecialRange directedBroadcast(InetAddress address) {
        return new SpecialRange("broadcast", new Cidr(address, address.getAddress().length * 8));
    }
}
