package dev.canyon.api.openapi;

import dev.canyon.engine.fault.FaultOrigin;
import dev.canyon.engine.fault.type.FaultTypes;
import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.FieldSet;
import dev.canyon.engine.setting.ObjectList;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.DateTimeSchema;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Schemas of the objects of a list whose kinds one field tells apart: one schema for each kind, and one for all. */
final class FaultSchemas {

    private static final String REFERENCE = "#/components/schemas/";

    private final Components schemas;
    private final Function<List<Field>, Schema<?>> objects;
    private final boolean request;

    /** @param objects makes the schema of an object with these fields */
    FaultSchemas(Components schemas, Function<List<Field>, Schema<?>> objects, boolean request) {
        this.schemas = schemas;
        this.objects = objects;
        this.request = request;
    }

    /** Adds the schemas and returns a reference to that for all kinds. */
    Schema<?> reference(ObjectList list) {
        if (request) {
            return all(list, "", "FaultRequest");
        }
        all(list, "", "FaultView");
        return all(list, "Defined", "FaultView");
    }

    private Schema<?> all(ObjectList list, String prefix, String suffix) {
        String discriminator = list.format().discriminator();
        Discriminator kinds = new Discriminator().propertyName(discriminator);
        Schema<?> all = new Schema<>().description("A fault, told apart by its type");
        all.setDiscriminator(kinds);
        list.format().kinds().forEach((kind, fields) -> {
            String name = prefix + inCamelCase(kind) + suffix;
            Schema<?> schema = kind(discriminator, kind, fields);
            if (!request && prefix.isEmpty()) {
                addStatus(schema);
            }
            schemas.addSchemas(name, schema);
            kinds.mapping(kind, REFERENCE + name);
            all.addOneOfItem(new Schema<>().$ref(REFERENCE + name));
        });
        schemas.addSchemas(prefix + suffix, all);
        return new Schema<>().$ref(REFERENCE + prefix + suffix);
    }

    /** What a fault in force has besides the fields of a definition's. */
    private static void addStatus(Schema<?> fault) {
        fault.addProperty("origin", origins())
                .addProperty(
                        "remainingMs",
                        new IntegerSchema()
                                .format("int64")
                                .types(orNull("integer"))
                                .description("Milliseconds until it ends by itself; null if it does not."))
                .addProperty(
                        "applied",
                        new IntegerSchema()
                                .format("int64")
                                .description(
                                        "The number of connections, datagrams or positions that it was applied to."))
                .addProperty(
                        "lastAppliedAt",
                        new DateTimeSchema()
                                .types(orNull("string"))
                                .description("When it last had an effect; null if it never had."));
        List.of("origin", "remainingMs", "applied", "lastAppliedAt").forEach(fault::addRequiredItem);
    }

    /** In an order of its own, so that the document is the same each time. */
    private static Set<String> orNull(String type) {
        return new LinkedHashSet<>(List.of(type, "null"));
    }

    private static Schema<?> origins() {
        StringSchema schema = new StringSchema();
        Stream.of(FaultOrigin.values()).map(FaultOrigin::toString).forEach(schema::addEnumItem);
        return schema.description("Whether it belongs to the definition or was added by a request");
    }

    private Schema<?> kind(String discriminator, String kind, FieldSet fields) {
        Schema<?> schema = objects.apply(fields.fields());
        if (!request) {
            // What was left out where it means "always" or "all" is left out in responses, too.
            schema.setRequired(null);
            schema.addRequiredItem("id");
            Schema<?> when = Objects.requireNonNull(schemas.getSchemas().get("WhenView"));
            when.setRequired(null);
        }
        schema.addProperty(discriminator, new StringSchema().addEnumItem(kind));
        schema.addRequiredItem(discriminator);
        schema.setDescription(FaultTypes.of(kind).text());
        if (request) {
            schema.setExample(FaultExamples.of(FaultTypes.of(kind)));
            Schema<?> lifetime = new IntegerSchema()
                    .format("int64")
                    .minimum(BigDecimal.ZERO)
                    .description("Temporary faults only: lifetime in milliseconds; 0 for no end.");
            lifetime.setDefault(0);
            schema.addProperty("ttlMs", lifetime);
        }
        return schema;
    }

    private static String inCamelCase(String kind) {
        return Arrays.stream(kind.split("-", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
