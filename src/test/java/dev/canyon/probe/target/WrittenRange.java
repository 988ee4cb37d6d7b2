package dev.canyon.probe.target;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses as somebody wrote it, read in another way than by the code under test: all addresses as numbers of
 * 128 bits, IPv4 in the mapped range.
 */
record WrittenRange(BigInteger first, int prefix) {

    private static final Pattern FORM =
            Pattern.compile("\\[?([0-9A-Fa-f.:]+?)(?:/([0-9]{1,3}))?(?:](?::.*)?|:[0-9]+(?:-[0-9]+)?)?");
    private static final Pattern FORM_IPV6 = Pattern.compile("\\[?([0-9A-Fa-f.:]+)(?:/([0-9]{1,3}))?(?:](?::.*)?)?");
    /** The JDK takes for an address whatever begins with a digit or a colon and has a colon in it. */
    private static final Pattern LITERAL = Pattern.compile("[0-9]+(\\.[0-9]+){3}|(?!\\.)[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    private static final int BITS = 128;

    /** Null if it is none. */
    static @Nullable WrittenRange of(String text) {
        boolean ipv6 = text.indexOf(':') != text.lastIndexOf(':') || text.startsWith("[");
        Matcher matcher = (ipv6 ? FORM_IPV6 : FORM).matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        byte[] address = address(matcher.group(1));
        if (address == null) {
            return null;
        }
        int offset = matcher.group(1).contains(":") ? 0 : 96;
        int prefix = matcher.group(2) == null ? BITS : offset + Integer.parseInt(matcher.group(2));
        return new WrittenRange(number(address), prefix);
    }

    /** What the JDK makes of it; null if it is no address as it is usually written. Asks no name service. */
    static byte @Nullable [] address(String text) {
        if (!LITERAL.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException ex) {
            return null;
        }
    }

    boolean includes(byte[] address) {
        return number(address).shiftRight(sizeInBits()).equals(first.shiftRight(sizeInBits()));
    }

    boolean isWithin(WrittenRange other) {
        return prefix >= other.prefix
                && first.shiftRight(other.sizeInBits()).equals(other.first.shiftRight(other.sizeInBits()));
    }

    int sizeInBits() {
        return BITS - prefix;
    }

    private static BigInteger number(byte[] address) {
        if (address.length == 16) {
            return new BigInteger(1, address);
        }
        byte[] mapped = Arrays.copyOf(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}, 16);
        System.arraycopy(address, 0, mapped, 12, 4);
        return new BigInteger(1, mapped);
    }
}
