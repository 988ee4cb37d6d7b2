package dev.canyon.probe.payload;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** Parses bytes in hex: {@code 48656c6c6f}, {@code 48 65 6C}, {@code 48:65}, {@code 0x48 0x65}. */
public final class HexText {

    private static final Pattern SEPARATOR = Pattern.compile("[\\s:]+|0[xX]");
    private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]*");

    private HexText() {}

    /** @throws IllegalArgumentException explains what is wrong, without the name of the field */
    public static byte[] parse(String text) {
        String[] groups = SEPARATOR.split(text);
        for (String group : groups) {
            if (!DIGITS.matcher(group).matches()) {
                throw new IllegalArgumentException("must be hex digits, optionally separated by spaces, colons or 0x");
            }
            if (group.length() % 2 != 0) {
                throw new IllegalArgumentException(
                        "contains a group of " + group.length() + " hex digits; the number of digits must be even");
            }
        }
        return HexFormat.of().parseHex(String.join("", groups));
    }
}
