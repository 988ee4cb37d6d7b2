package dev.canyon.probe.payload;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Decodes UTF-8. */
public final class Utf8Text {

    private Utf8Text() {}

    /**
     * @param truncated whether more bytes follow; then an incomplete character at the end is ignored
     * @return null if the bytes are not valid UTF-8
     */
    public static @Nullable String of(byte[] bytes, boolean truncated) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, !truncated);
        return result.isError() ? null : text.flip().toString();
    }
}
