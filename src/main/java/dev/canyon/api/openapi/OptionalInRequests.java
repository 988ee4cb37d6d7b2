package dev.canyon.api.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** A response contains every field, also one that is null; in a request, a field that may be null may be left out. */
final class OptionalInRequests {

    private static final String REFERENCE = "#/components/schemas/";

    @SuppressWarnings("rawtypes") // as the components are declared
    private final Map<String, Schema> schemas;

    private final Set<String> done = new HashSet<>();

    private OptionalInRequests(OpenAPI api) {
        this.schemas = api.getComponents().getSchemas();
    }

    static void applyTo(OpenAPI api) {
        OptionalInRequests requests = new OptionalInRequests(api);
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .map(Operation::getRequestBody)
                .filter(Objects::nonNull)
                .flatMap(body -> body.getContent().values().stream())
                .forEach(content -> requests.visit(content.getSchema()));
    }

    private void visit(Schema<?> schema) {
        String reference = schema.get$ref();
        if (reference != null) {
            String name = reference.substring(REFERENCE.length());
            if (done.add(name)) {
                visit(Objects.requireNonNull(schemas.get(name), name));
            }
            return;
        }
        if (schema.getRequired() != null) {
            schema.getRequired()
                    .removeIf(name -> NullableSchema.permitsNull(
                            Objects.requireNonNull(schema.getProperties().get(name), name)));
            if (schema.getRequired().isEmpty()) {
                schema.setRequired(null);
            }
        }
        parts(schema).forEach(this::visit);
    }

    @SuppressWarnings("rawtypes") // as the parts are declared
    private static Stream<Schema> parts(Schema<?> schema) {
        Collection<Schema> properties = schema.getProperties() == null
                ? List.of()
                : schema.getProperties().values();
        Collection<Schema> choices = schema.getAnyOf() == null ? List.of() : schema.getAnyOf();
        return Stream.of(properties.stream(), choices.stream(), Stream.ofNullable(schema.getItems()))
                .flatMap(parts -> parts);
    }
}
