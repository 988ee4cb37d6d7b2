package dev.canyon.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The unit of limits per source: an IPv4 address, or an IPv6 network of 64 bits, within which one host can choose its
 * address freely (RFC 4291, 2.5.4; RFC 8981).
 *
 * @param bits the 32 bits of an IPv4 address, or the first 64 bits of an IPv6 address
 */
public record SourceNetwork(boolean ipv6, long bits) {

    /** @param address IPv4-mapped IPv6 addresses count as IPv4 */
    public static SourceNetwork of(InetAddress address) {
        InetAddress source = Ipv4Mapped.unwrap(address);
        ByteBuffer bytes = ByteBuffer.wrap(source.getAddress());
        return source instanceof Inet4Address
                ? new SourceNetwork(false, bytes.getInt())
                : new SourceNetwork(true, bytes.getLong());
    }
}
