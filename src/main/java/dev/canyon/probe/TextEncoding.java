package dev.canyon.probe;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** How text becomes bytes. Characters that the charset does not have are refused, and never replaced. */
public record TextEncoding(Charset charset) {

    public static final TextEncoding UTF_8 = new TextEncoding(StandardCharsets.UTF_8);

    public TextEncoding {
        if (!charset.canEncode()) {
            throw unusable(charset.name());
        }
    }

    /** @throws IllegalArgumentException if no charset of that name is known here that text can be sent in */
    public static TextEncoding named(String name) {
        Charset known;
        try {
            known = Charset.forName(name);
        } catch (IllegalArgumentException ex) {
            // The name is not legal, or not known.
            throw unusable(name);
        }
        return new TextEncoding(known);
    }

    /** @throws IllegalArgumentException if the text has a character that the charset does not have */
    public byte[] encode(String text) {
        try {
            ByteBuffer bytes = charset.newEncoder()
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            byte[] encoded = new byte[bytes.remaining()];
            bytes.get(encoded);
            return encoded;
        } catch (CharacterCodingException ex) {
            throw new IllegalArgumentException("has characters that " + charset + " does not have", ex);
        }
    }

    private static IllegalArgumentException unusable(String name) {
        return new IllegalArgumentException(
                "'" + name + "' is no charset that text can be sent in from here: try utf-8 or iso-8859-1");
    }
}
