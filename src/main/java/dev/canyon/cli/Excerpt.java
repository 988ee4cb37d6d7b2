package dev.canyon.cli;

import dev.canyon.probe.Utf8Text;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes for people: as text where they are text, else as a hex dump; of many only the first. */
final class Excerpt {

    private static final int SHOWN_BYTES = 256;
    private static final int BYTES_IN_A_LINE = 16;

    private Excerpt() {}

    /** One line of text, or several of a dump, of which the first says how many bytes there are. */
    static String of(byte[] bytes) {
        String size = bytes.length + (bytes.length == 1 ? " byte" : " bytes");
        if (bytes.length == 0) {
            return size;
        }
        boolean cutOff = bytes.length > SHOWN_BYTES;
        byte[] shown = cutOff ? Arrays.copyOf(bytes, SHOWN_BYTES) : bytes;
        String text = Utf8Text.of(shown, cutOff);
        return size
                + (text == null ? "\n" + dump(shown) : " " + quoted(text))
                + (cutOff ? (text == null ? "\n          " : "") + " and so on" : "");
    }

    /** What a terminal would obey instead of showing it is escaped as in Java: it may come from anybody. */
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
        for (int from = 0; from < bytes.length; from += BYTES_IN_A_LINE) {
            dump.append(from == 0 ? "" : "\n")
                    .append(line(bytes, from, Math.min(from + BYTES_IN_A_LINE, bytes.length)));
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
