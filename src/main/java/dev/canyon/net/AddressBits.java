package dev.canyon.net;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * The bits of an address, for comparison with many ranges without copying the address for each.
 *
 * @param high the first 64 bits of an IPv6 address; 0 for IPv4
 * @param low the last 64 bits of an IPv6 address, or the 32 bits of an IPv4 address
 */
record AddressBits(boolean ipv6, long high, long low) {

    static AddressBits of(InetAddress address) {
        byte[] bytes = address.getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == Integer.BYTES
                ? new AddressBits(false, 0, Integer.toUnsignedLong(buffer.getInt()))
                : new AddressBits(true, buffer.getLong(), buffer.getLong());
    }

    int count() {
        return ipv6 ? 2 * Long.SIZE : Integer.SIZE;
    }

    /** Whether the first {@code prefix} bits of both addresses are equal. */
    boolean sharePrefix(AddressBits other, int prefix) {
        if (ipv6 != other.ipv6) {
            return false;
        }
        int lowBits = ipv6 ? Long.SIZE : Integer.SIZE;
        int inHigh = ipv6 ? Math.min(prefix, Long.SIZE) : 0;
        int inLow = prefix - inHigh;
        return (inHigh == 0 || (high ^ other.high) >>> (Long.SIZE - inHigh) == 0)
                && (inLow == 0 || (low ^ other.low) >>> (lowBits - inLow) == 0);
    }

    /** Whether a bit after the first {@code prefix} is set. */
    boolean hasBitsBeyond(int prefix) {
        int lowBits = ipv6 ? Long.SIZE : Integer.SIZE;
        int inHigh = ipv6 ? Math.min(prefix, Long.SIZE) : 0;
        int inLow = prefix - inHigh;
        boolean high = ipv6 && inHigh < Long.SIZE && this.high << inHigh != 0;
        return high || (inLow < lowBits && (low << (Long.SIZE - lowBits)) << inLow != 0);
    }
}
