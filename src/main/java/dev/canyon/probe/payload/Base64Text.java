package dev.canyon.probe.payload;

import java.util.Base64;

/** Bytes in Base64 (RFC 4648). */
public final class Base64Text {

    private Base64Text() {}

    /** @throws IllegalArgumentException explains what is wrong, without the name of the field */
    public static byte[] parse(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("must be Base64 (RFC 4648): " + ex.getMessage(), ex);
        }
    }
}
