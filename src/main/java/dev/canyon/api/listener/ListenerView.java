package dev.canyon.api.listener;

import dev.canyon.listener.directory.ListenerSnapshot;
import io.swagger.v3.oas.annotations.media.Schema;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/** A listener in a response: the fields of its definition, and its status. */
@JsonSerialize(using = ListenerView.Writer.class)
record ListenerView(@Schema(hidden = true) DefinitionView definition, StatusView status) {

    static ListenerView of(ListenerSnapshot listener) {
        return new ListenerView(DefinitionView.of(listener.definition()), StatusView.of(listener));
    }

    /** Writes the fields of the definition as those of the object itself. */
    static final class Writer extends ValueSerializer<ListenerView> {

        @Override
        public void serialize(ListenerView view, JsonGenerator json, SerializationContext context) {
            json.writeStartObject();
            view.definition.fields().forEach(json::writePOJOProperty);
            json.writePOJOProperty("status", view.status);
            json.writeEndObject();
        }
    }
}
