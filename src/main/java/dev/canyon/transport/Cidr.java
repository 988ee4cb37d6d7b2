package dev.canyon.transport;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of addresses in CIDR notation (RFC 4632): {@code 10.0.0.0/8}, {@code fd00::/8}, or one address alone.
 *
 * @param network the first address of the range
 * @param prefix the number of leading bits that must agree: 0 to 32 (IPv4) or 128 (IPv6)
 */
public record Cidr(InetAddress network, int prefix) {

    private static final Pattern FORM = Pattern.compile("([^/]*)(?:/([0-9]{1,3}))?");
    private static final int MAPPED_PREFIX = 96;

    public Cidr {
        if (prefix < 0 || prefix > bits(network)) {
            throw new IllegalArgumentException("prefix: " + prefix + " (expected: 0 to " + bits(network) + ")");
        }
        if (!agree(network.getAddress(), cleared(network, prefix), bits(network))) {
            throw new IllegalArgumentException(
                    "'" + IpText.of(network) + "/" + prefix + "' has bits set beyond its prefix");
        }
    }

    /** @throws IllegalArgumentException if the text is no address or range; the message says what was expected */
    public static Cidr parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw notCidr(text);
        }
        String address = matcher.group(1);
        InetAddress network = IpText.parse(address).orElseThrow(() -> notCidr(text));
        if (matcher.group(2) == null) {
            return new Cidr(network, bits(network));
        }
        int prefix = Integer.parseInt(matcher.group(2));
        boolean mapped = bits(network) == Integer.SIZE && address.indexOf(':') >= 0;
        return new Cidr(network, mapped ? withoutMapping(prefix) : prefix);
    }

    /** Of an IPv4 address written as IPv6 ({@code ::ffff:10.0.0.0/104}) it counts from the first of the 128 bits. */
    private static int withoutMapping(int prefix) {
        Range.require("prefix", prefix, MAPPED_PREFIX, MAPPED_PREFIX + Integer.SIZE);
        return prefix - MAPPED_PREFIX;
    }

    public boolean contains(InetAddress address) {
        return bits(address) == bits(network) && agree(network.getAddress(), address.getAddress(), prefix);
    }

    /** Whether every address of {@code other} is in this range too. */
    public boolean contains(Cidr other) {
        return other.prefix >= prefix && contains(other.network);
    }

    /** The shortest way to write it; one address stands alone. */
    @Override
    public String toString() {
        return IpText.of(network) + (prefix == bits(network) ? "" : "/" + prefix);
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * 8;
    }

    private static byte[] cleared(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
        }
        return bytes;
    }

    private static boolean agree(byte[] one, byte[] other, int bits) {
        for (int i = 0; i < bits / 8; i++) {
            if (one[i] != other[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || (one[bits / 8] ^ other[bits / 8]) >> (8 - rest) == 0;
    }

    private static IllegalArgumentException notCidr(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no address range (expected: for example 10.0.0.0/8, fd00::/8 or 192.0.2.7)");
    }
}
