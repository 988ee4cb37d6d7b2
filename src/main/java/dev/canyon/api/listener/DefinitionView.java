package dev.canyon.api.listener;

import dev.canyon.definition.DefinitionTree;
import dev.canyon.definition.ListenerDefinition;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;

/** A definition in a response, with every default filled in. */
@JsonSerialize(using = DefinitionView.Writer.class)
public record DefinitionView(@Schema(hidden = true) Map<String, Object> fields) {

    public static DefinitionView of(ListenerDefinition definition) {
        return new DefinitionView(DefinitionTree.write(definition));
    }

    /** Writes the fields as those of the object itself. */
    static final class Writer extends ValueSerializer<DefinitionView> {

        @Override
        public void serialize(DefinitionView view, JsonGenerator json, SerializationContext context) {
            json.writeStartObject();
            view.fields.forEach(json::writePOJOProperty);
            json.writeEndObject();
        }
    }
}
