package dev.canyon.probe.payload;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Encodes text. Characters that the charset cannot encode are rejected, never replaced. */
public record TextEncoding(Charset charset) {

    public static final TextEncoding UTF_8 = new TextEncoding(StandardCharsets.UTF_8);

    public TextEncoding {
        if (!charset.canEncode()) {
            throw unsupported(charset.name());
        }
    }

    /** @throws IllegalArgumentException if there is no charset of that name, or it cannot encode */
    public static TextEncoding named(String name) {
        Charset known;
        try {
            known = Charset.forName(name);
        } catch (IllegalArgumentException ex) {
            // Illegal or unknown name.
            throw unsupported(name);
        }
        return new TextEncoding(known);
    }

    /** @throws IllegalArgumentException if the charset cannot encode a character of the text */
    public byte[] encode(String text) {
        try {
            ByteBuffer bytes = charset.newEncoder()
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            byte[] encoded = new byte[bytes.remaining()];
            bytes.get(encoded);
            return encoded;
        } catch (CharacterCodingException ex) {
            throw new IllegalArgumentException("has characters that " + charset + " cannot encode", ex);
        }
    }

    private static IllegalArgumentException unsupported(String name) {
        return new IllegalArgumentException("'" + name + "' is not a supported charset: try utf-8 or iso-8859-1");
    }
}
