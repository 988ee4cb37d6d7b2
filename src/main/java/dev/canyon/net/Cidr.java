package dev.canyon.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses in CIDR notation (RFC 4632): {@code 10.0.0.0/8}, {@code fd00::/8}, or one address alone.
 *
 * <p>Immutable. Two ranges are equal if they contain the same addresses.
 */
public final class Cidr {

    private static final Pattern FORM = Pattern.compile("([^/]*)(?:/([0-9]{1,3}))?");
    private static final int MAPPED_PREFIX = 96;

    private final InetAddress network;
    private final int prefix;
    /** Extracted once: {@link InetAddress#getAddress()} copies the bytes. */
    private final AddressBits bits;

    /**
     * @param network the first address of the range
     * @param prefix the number of leading bits that are compared: 0 to 32 (IPv4) or 128 (IPv6)
     * @throws IllegalArgumentException if the prefix is out of range, or if bits after it are set
     */
    public Cidr(InetAddress network, int prefix) {
        this.network = network;
        this.prefix = prefix;
        this.bits = AddressBits.of(network);
        requirePrefix(IpText.of(network), prefix, 0, bits.count());
        if (bits.hasBitsBeyond(prefix)) {
            throw new IllegalArgumentException("'" + IpText.of(network) + "/" + prefix + "' has host bits set; write "
                    + IpText.of(firstOfRange(network, prefix)) + "/" + prefix + ", or " + IpText.of(network)
                    + " for this address alone");
        }
    }

    /** The first address of the range. */
    public InetAddress network() {
        return network;
    }

    /** The number of leading bits that are compared. */
    public int prefix() {
        return prefix;
    }

    /** @throws IllegalArgumentException if the text is neither an address nor a range; the message says what was expected */
    public static Cidr parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw notCidr(text);
        }
        String address = matcher.group(1);
        InetAddress network = IpText.parse(address).orElseThrow(() -> notCidr(text));
        if (matcher.group(2) == null) {
            return new Cidr(network, AddressBits.of(network).count());
        }
        int prefix = Integer.parseInt(matcher.group(2));
        boolean mapped = network instanceof Inet4Address && address.indexOf(':') >= 0;
        return new Cidr(network, mapped ? withoutMapping(address, prefix) : prefix);
    }

    /** The prefix of an IPv4-mapped IPv6 address ({@code ::ffff:10.0.0.0/104}) counts from the first of 128 bits. */
    private static int withoutMapping(String address, int prefix) {
        requirePrefix(address, prefix, MAPPED_PREFIX, MAPPED_PREFIX + Integer.SIZE);
        return prefix - MAPPED_PREFIX;
    }

    private static void requirePrefix(String address, int prefix, int min, int max) {
        if (prefix < min || prefix > max) {
            throw new IllegalArgumentException(
                    "the prefix of '" + address + "/" + prefix + "' must be " + min + " to " + max);
        }
    }

    private static InetAddress firstOfRange(InetAddress address, int prefix) {
        byte[] bytes = address.getAddress();
        for (int bit = prefix; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException ex) {
            throw new IllegalStateException("the length is that of an address", ex);
        }
    }

    public boolean contains(InetAddress address) {
        return contains(AddressBits.of(address));
    }

    private boolean contains(AddressBits address) {
        return bits.sharePrefix(address, prefix);
    }

    /** Whether one of the ranges contains the address. */
    public static boolean anyContains(List<Cidr> ranges, InetAddress address) {
        AddressBits wanted = AddressBits.of(address);
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this range contains every address of {@code other}. */
    public boolean contains(Cidr other) {
        return other.prefix >= prefix && contains(other.bits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cidr cidr && prefix == cidr.prefix && bits.equals(cidr.bits);
    }

    @Override
    public int hashCode() {
        return 31 * bits.hashCode() + prefix;
    }

    /** The shortest form; a single address has no prefix. */
    @Override
    public String toString() {
        return IpText.of(network) + (prefix == bits.count() ? "" : "/" + prefix);
    }

    private static IllegalArgumentException notCidr(String text) {
        return new IllegalArgumentException("'" + text + "' is not an address range (expected: "
                + (text.indexOf('%') < 0 ? "for example 10.0.0.0/8, fd00::/8 or 192.0.2.7)" : "without %interface)"));
    }
}
