package dev.canyon.probe;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** Bytes as people write them in hex: {@code 48656c6c6f}, {@code 48 65 6C}, {@code 48:65}, {@code 0x48 0x65}. */
public final class HexText {

    private static final Pattern BETWEEN_BYTES = Pattern.compile("[\\s:]+|0[xX]");
    private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]*");

    private HexText() {}

    /** @throws IllegalArgumentException says what is wrong, for people */
    public static byte[] parse(String text) {
        String[] groups = BETWEEN_BYTES.split(text);
        for (String group : groups) {
            if (!DIGITS.matcher(group).matches()) {
                throw new IllegalArgumentException("must be hex digits; spaces, colons and 0x may stand between bytes");
            }
            if (group.length() % 2 != 0) {
                throw new IllegalArgumentException("has " + group.length()
                        + " hex digits in a row: each byte takes two, so their number must be even");
            }
        }
        return HexFormat.of().parseHex(String.join("", groups));
    }
}
