package dev.canyon.api.configuration;

import dev.canyon.api.json.BodyReader;
import dev.canyon.api.json.BodyTree;
import dev.canyon.api.json.Faults;
import dev.canyon.api.listener.ListenerRequest;
import dev.canyon.definition.ListenerDefinition;
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

/** A configuration document in a request. */
@Schema(description = "The definitions to apply")
record ConfigurationRequest(
        @Schema(description = "Version of the document format", minimum = "1", maximum = "1", example = "1")
        @NotNull(message = "is required: 1")
        @Nullable
        Integer version,

        @ArraySchema(schema = @Schema(ref = ListenerRequest.SCHEMA))
        @NotNull(message = "is required: a list of definitions, which may be empty")
        @Nullable
        List<JsonNode> listeners) {

    /** @throws dev.canyon.api.problem.InvalidRequestException with the faults of all definitions, each with its path */
    static List<ListenerDefinition> definitions(BodyTree document, BodyReader bodies, String defaultHost) {
        Faults faults = new Faults();
        ConfigurationRequest request = bodies.read(document, ConfigurationRequest.class, faults);
        if (request.version != null && request.version != ConfigurationDocument.VERSION) {
            faults.add("version", "must be " + ConfigurationDocument.VERSION + ", not " + request.version);
        }
        List<ListenerDefinition> definitions = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        List<JsonNode> items = request.listeners == null ? List.of() : request.listeners;
        for (int i = 0; i < items.size() && !faults.isFull(); i++) {
            String place = DocumentPlaces.of(i);
            if (!(items.get(i) instanceof ObjectNode item)) {
                faults.add(place, "must be an object");
                continue;
            }
            Faults own = new Faults();
            ListenerDefinition definition = ListenerRequest.read(item, defaultHost, own);
            faults.addAll(place + ".", own);
            if (definition != null) {
                Integer before = places.putIfAbsent(definition.name(), i);
                if (before != null) {
                    faults.add(
                            place + ".name",
                            "'" + definition.name() + "' duplicates the name of " + DocumentPlaces.of(before));
                }
                definitions.add(definition);
            }
        }
        faults.throwIfAny();
        return definitions;
    }
}
