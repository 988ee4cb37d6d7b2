package dev.canyon.cli.shell;

import java.io.StringWriter;
import java.io.Writer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON with the streaming part of Jackson only: loading data binding would take longer than sending a message. */
public final class Json {

    private Json() {}

    public static void number(JsonGenerator json, String name, @Nullable Long value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }

    /** Returns an object on one line. Values are maps, lists, texts, numbers and nulls. */
    public static String line(Map<String, ?> object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = to(text)) {
            write(json, object);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            object.forEach((name, member) -> {
                json.writeName(String.valueOf(name));
                write(json, member);
            });
            json.writeEndObject();
        } else if (value instanceof Iterable<?> items) {
            json.writeStartArray();
            items.forEach(item -> write(json, item));
            json.writeEndArray();
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(value.toString());
        }
    }

    /** Writes on one line, without its end. */
    public static JsonGenerator to(Writer writer) {
        return new JsonFactory().createGenerator(ObjectWriteContext.empty(), writer);
    }
}
