package dev.canyon.api;

import dev.canyon.api.json.BodyReader;
import dev.canyon.api.json.Faults;
import dev.canyon.listener.ListenerDefinition;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A configuration document as it comes in. */
@Schema(description = "The definitions to apply")
record ConfigurationRequest(
        @Schema(description = "The form of the document", allowableValues = "1", example = "1")
        @NotNull(message = "is required: 1")
        @Nullable
        Integer version,

        @ArraySchema(schema = @Schema(implementation = ListenerRequest.class))
        @NotNull(message = "is required: a list of definitions, which may be empty")
        @Nullable
        List<JsonNode> listeners) {

    /** @throws dev.canyon.api.problem.InvalidRequestException with the faults of all definitions, each with its place */
    static List<ListenerDefinition> definitions(ObjectNode document, BodyReader bodies, String defaultHost) {
        ConfigurationRequest request = bodies.read(document, ConfigurationRequest.class);
        Faults faults = new Faults();
        if (request.version == null || request.version != ConfigurationDocument.VERSION) {
            faults.add("version", "must be " + ConfigurationDocument.VERSION + ", not " + request.version);
        }
        List<ListenerDefinition> definitions = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        List<JsonNode> items = request.listeners == null ? List.of() : request.listeners;
        for (int i = 0; i < items.size() && !faults.isFull(); i++) {
            String place = "listeners[" + i + "]";
            if (!(items.get(i) instanceof ObjectNode item)) {
                faults.add(place, "must be an object");
                continue;
            }
            Faults own = new Faults();
            ListenerRequest wanted = bodies.read(item, ListenerRequest.class, own);
            faults.addAll(place + ".", own);
            if (own.isEmpty()) {
                ListenerDefinition definition = wanted.toDefinition(defaultHost);
                Integer before = places.putIfAbsent(definition.name(), i);
                if (before != null) {
                    faults.add(place + ".name", "'" + definition.name() + "' is that of listeners[" + before + "] too");
                }
                definitions.add(definition);
            }
        }
        faults.throwIfAny();
        return definitions;
    }
}
