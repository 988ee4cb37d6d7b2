package dev.canyon.api.openapi;

import dev.canyon.engine.fault.type.FaultTree;
import dev.canyon.engine.fault.type.FaultTypes;
import dev.canyon.engine.fault.type.FaultTypes.FaultType;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;

/** An example of a fault of each type, named like the type. */
final class FaultExamples {

    private static final int LIFETIME_MILLIS = 60_000;

    private FaultExamples() {}

    /** The fields of a fault that works, in the order of the documentation. */
    static Map<String, Object> of(FaultType<?> type) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(FaultTree.DEFINED.discriminator(), type.name());
        type.settings().fieldSet().fields().forEach(field -> {
            Object value = type.example().get(field.name());
            if (value != null) {
                fields.put(field.name(), value);
            }
        });
        return fields;
    }

    /** Adds the examples to the operation that adds faults. */
    static void addTo(OpenAPI api) {
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .filter(operation -> "addFault".equals(operation.getOperationId()))
                .flatMap(operation -> operation.getRequestBody().getContent().values().stream())
                .forEach(FaultExamples::addTo);
    }

    private static void addTo(MediaType body) {
        for (FaultType<?> type : FaultTypes.all()) {
            Map<String, Object> fault = of(type);
            fault.put(FaultTree.LIFETIME, LIFETIME_MILLIS);
            body.addExamples(type.name(), new Example().summary(type.text()).value(fault));
        }
    }
}
