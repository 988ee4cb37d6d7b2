package dev.canyon.cli.send;

import dev.canyon.probe.payload.Utf8Text;
import java.util.Arrays;
import java.util.HexFormat;

/** The beginning of a payload: as text if it is valid UTF-8, otherwise as a hex dump. */
final class PayloadText {

    private static final int MAX_SHOWN_BYTES = 256;
    private static final int BYTES_PER_LINE = 16;

    private PayloadText() {}

    /** Returns the size, followed by the text on the same line or the dump on further lines. */
    static String of(byte[] bytes) {
        String size = bytes.length + (bytes.length == 1 ? " byte" : " bytes");
        if (bytes.length == 0) {
            return size;
        }
        boolean truncated = bytes.length > MAX_SHOWN_BYTES;
        byte[] shown = truncated ? Arrays.copyOf(bytes, MAX_SHOWN_BYTES) : bytes;
        String text = Utf8Text.of(shown, truncated);
        return size
                + (text == null ? "\n" + dump(shown) : " " + quoted(text))
                + (truncated ? (text == null ? "\n          " : "") + " ..." : "");
    }

    /** Escapes control and formatting characters as in Java: the bytes come from the network and must not control the terminal. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            switch (character) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '"', '\\' -> quoted.append('\\').append((char) character);
                default -> {
                    if (isShown(character)) {
                        quoted.append((char) character);
                    } else {
                        quoted.append("\\u").append(HexFormat.of().toHexDigits((char) character));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isShown(int character) {
        int type = Character.getType(character);
        return !Character.isISOControl(character)
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    private static String dump(byte[] bytes) {
        StringBuilder dump = new StringBuilder();
        for (int from = 0; from < bytes.length; from += BYTES_PER_LINE) {
            dump.append(from == 0 ? "" : "\n").append(line(bytes, from, Math.min(from + BYTES_PER_LINE, bytes.length)));
        }
        return dump.toString();
    }

    private static String line(byte[] bytes, int from, int to) {
        StringBuilder characters = new StringBuilder();
        for (int i = from; i < to; i++) {
            characters.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
        }
        return "          %08x  %-47s  |%s|"
                .formatted(from, HexFormat.ofDelimiter(" ").formatHex(bytes, from, to), characters);
    }
}
