package dev.canyon.probe;

import java.util.HexFormat;

/** Bytes as people write them in hex: {@code 48656c6c6f}, {@code 48 65 6C}, {@code 48:65}, {@code 0x48 0x65}. */
public final class HexText {

    private HexText() {}

    /** @throws IllegalArgumentException says what is wrong, for people */
    public static byte[] parse(String text) {
        String digits = text.replaceAll("(?i)0x", "").replaceAll("[\\s:]", "");
        if (digits.length() % 2 != 0) {
            throw new IllegalArgumentException(
                    "has " + digits.length() + " hex digits: each byte takes two, so their number must be even");
        }
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("must be hex digits; spaces, colons and 0x may stand between bytes", ex);
        }
    }
}
