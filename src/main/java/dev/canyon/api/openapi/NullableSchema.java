package dev.canyon.api.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Permits null in a schema, in the terms of JSON Schema 2020-12, which OpenAPI 3.1 uses. */
final class NullableSchema {

    private static final String NULL = "null";

    private NullableSchema() {}

    /** Returns the schema itself, changed, or one that refers to it. Has no effect on a schema that permits null. */
    static Schema<?> of(Schema<?> schema) {
        if (schema.get$ref() != null) {
            // Keywords next to a reference restrict it further, so the type null next to it would permit nothing at
            // all.
            Schema<?> choice = new Schema<>();
            choice.setDescription(schema.getDescription());
            choice.setAnyOf(List.of(new Schema<>().$ref(schema.get$ref()), new Schema<>().types(Set.of(NULL))));
            return choice;
        }
        if (schema.getTypes() != null) {
            Set<String> types = new LinkedHashSet<>(schema.getTypes());
            types.add(NULL);
            schema.setTypes(types);
            permitNullInEnum(schema);
        }
        return schema;
    }

    static boolean permitsNull(Schema<?> schema) {
        return (schema.getTypes() != null && schema.getTypes().contains(NULL))
                || (schema.getAnyOf() != null && schema.getAnyOf().stream().anyMatch(NullableSchema::permitsNull));
    }

    private static <T> void permitNullInEnum(Schema<T> schema) {
        List<T> values = schema.getEnum();
        if (values != null && values.stream().noneMatch(Objects::isNull)) {
            List<T> all = new ArrayList<>(values);
            all.add(null);
            schema.setEnum(all);
        }
    }
}
