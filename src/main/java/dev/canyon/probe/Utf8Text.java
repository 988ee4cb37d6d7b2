package dev.canyon.probe;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bytes as text, where they are text. */
public final class Utf8Text {

    private Utf8Text() {}

    /**
     * @param cutOff whether more bytes followed: then a character of which only the beginning is there is left out
     * @return null if the bytes are no text in UTF-8
     */
    public static @Nullable String of(byte[] bytes, boolean cutOff) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, !cutOff);
        return result.isError() ? null : text.flip().toString();
    }
}
