package dev.canyon.cli;

import java.io.Writer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes and reads JSON field by field: to look at classes would take longer than to send a message. */
final class Json {

    private Json() {}

    static void number(JsonGenerator json, String name, @Nullable Long value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }

    static JsonParser from(String text) {
        return new JsonFactory().createParser(ObjectReadContext.empty(), text);
    }

    /** Writes one line, without its end. */
    static JsonGenerator to(Writer writer) {
        return new JsonFactory().createGenerator(ObjectWriteContext.empty(), writer);
    }
}
