package dev.canyon.api.json;

import dev.canyon.api.problem.InvalidRequestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Reads request bodies in JSON and YAML. Which of them an operation accepts is declared by the operation. */
public final class BodyConverter extends AbstractHttpMessageConverter<BodyTree> {

    private static final char BYTE_ORDER_MARK = '\ufeff';

    public BodyConverter() {
        super(MediaType.ALL);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == BodyTree.class;
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType media) {
        return false;
    }

    @Override
    protected BodyTree readInternal(Class<? extends BodyTree> type, HttpInputMessage message) throws IOException {
        return read(message.getBody().readAllBytes(), message.getHeaders().getContentType());
    }

    /** @throws InvalidRequestException names the error and its position */
    public static BodyTree read(byte[] body, @Nullable MediaType type) {
        Charset charset = type == null || type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
        String text = decode(body, charset);
        return YamlDocuments.isYaml(type) ? BodyParser.yaml(text) : BodyParser.json(text);
    }

    /** Strictly: Java would replace what is malformed. */
    private static String decode(byte[] body, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer text = CharBuffer.allocate((int) Math.ceil(body.length * (double) decoder.maxCharsPerByte()));
        if (decoder.decode(bytes, text, true).isError() || decoder.flush(text).isError()) {
            throw new InvalidRequestException(
                    "body", "is not " + charset.name() + " (line " + line(body, bytes.position()) + "): convert it");
        }
        text.flip();
        if (text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK) {
            text.get();
        }
        return text.toString();
    }

    private static int line(byte[] body, int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            line += body[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    @Override
    protected void writeInternal(BodyTree body, HttpOutputMessage message) {
        throw new UnsupportedOperationException("bodies are only read");
    }
}
