package dev.canyon.dial.tls;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** What a peer sends that does not speak TLS, often a banner or an error in HTTP. */
final class PlainText {

    private static final int MAX_SHOWN = 40;

    private PlainText() {}

    /** The first line, or the first bytes in hexadecimal. */
    static String quote(byte[] received) {
        int end = 0;
        while (end < received.length && end < MAX_SHOWN && received[end] >= ' ' && received[end] < 0x7f) {
            end++;
        }
        boolean isLine = end == MAX_SHOWN || end == received.length || (received[end] < ' ' && received[end] >= 0);
        return end > 0 && isLine
                ? '"' + new String(received, 0, end, StandardCharsets.US_ASCII) + '"'
                : "the bytes " + HexFormat.of().formatHex(Arrays.copyOf(received, Math.min(received.length, 16)));
    }
}
