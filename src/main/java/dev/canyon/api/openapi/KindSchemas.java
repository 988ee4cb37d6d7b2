package dev.canyon.api.openapi;

import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.OneOf;
import dev.canyon.engine.setting.OneOf.KindOf;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Schemas of an object that is one of several kinds: one schema for each kind, and one for all. */
final class KindSchemas {

    private static final String REFERENCE = "#/components/schemas/";

    private final Components schemas;
    private final Function<List<Field>, Schema<?>> objects;
    private final boolean request;

    /** @param objects makes the schema of an object with these fields */
    KindSchemas(Components schemas, Function<List<Field>, Schema<?>> objects, boolean request) {
        this.schemas = schemas;
        this.objects = objects;
        this.request = request;
    }

    /**
     * Adds the schema of each kind and returns that for all kinds.
     *
     * @param suffix of the names of the schemas
     */
    Schema<?> of(Field field, OneOf kinds, String suffix) {
        Discriminator discriminator = new Discriminator().propertyName(kinds.discriminator());
        Schema<?> all = new Schema<>().description(field.text());
        all.setDiscriminator(discriminator);
        for (KindOf<?> kind : kinds.kinds().values()) {
            String name = kind.name().substring(0, 1).toUpperCase(Locale.ROOT)
                    + kind.name().substring(1)
                    + suffix;
            schemas.addSchemas(name, kind(kinds, kind));
            discriminator.mapping(kind.name(), REFERENCE + name);
            all.addOneOfItem(new Schema<>().$ref(REFERENCE + name));
        }
        return all;
    }

    private Schema<?> kind(OneOf kinds, KindOf<?> kind) {
        Schema<?> schema = objects.apply(kind.fields());
        schema.addProperty(kinds.discriminator(), new StringSchema().addEnumItem(kind.name()));
        schema.addRequiredItem(kinds.discriminator());
        schema.setDescription(kind.text());
        if (request) {
            schema.setExample(kind.example(kinds.discriminator()));
        }
        return schema;
    }
}
