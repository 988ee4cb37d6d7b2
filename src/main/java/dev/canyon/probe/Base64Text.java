package dev.canyon.probe;

import java.util.Base64;

/** Bytes in Base64 (RFC 4648). */
public final class Base64Text {

    private Base64Text() {}

    /** @throws IllegalArgumentException says what is wrong, for people */
    public static byte[] parse(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("must be Base64 (RFC 4648): " + ex.getMessage(), ex);
        }
    }
}
