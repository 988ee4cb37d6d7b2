package dev.canyon.junit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes that were received: compared by value, and readable in messages of failed assertions. */
public final class Payload {

    private static final int SHOWN_BYTES = 256;

    private final byte[] bytes;

    private Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Payload of(byte[] bytes) {
        return new Payload(bytes.clone());
    }

    /** @param text encoded in UTF-8 */
    public static Payload of(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes as text in UTF-8; what is not valid is replaced by U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public int size() {
        return bytes.length;
    }

    /** Whether the other bytes occur in these, without a gap. */
    public boolean contains(Payload other) {
        for (int from = 0; from + other.bytes.length <= bytes.length; from++) {
            if (Arrays.equals(bytes, from, from + other.bytes.length, other.bytes, 0, other.bytes.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Text in quotes, or hexadecimal digits if it is not printable; at most the first {@value #SHOWN_BYTES} bytes. */
    @Override
    public String toString() {
        byte[] shown = bytes.length > SHOWN_BYTES ? Arrays.copyOf(bytes, SHOWN_BYTES) : bytes;
        String more = bytes.length > SHOWN_BYTES ? "... (" + bytes.length + " bytes)" : "";
        return (isPrintable(shown) ? quoted(shown) : "0x" + HexFormat.of().formatHex(shown)) + more;
    }

    private static String quoted(byte[] text) {
        return '"'
                + new String(text, StandardCharsets.UTF_8)
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\r", "\\r")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + '"';
    }

    private static boolean isPrintable(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .chars()
                    .allMatch(character -> !Character.isISOControl(character) || "\r\n\t".indexOf(character) >= 0);
        } catch (CharacterCodingException ex) {
            return false;
        }
    }
}
