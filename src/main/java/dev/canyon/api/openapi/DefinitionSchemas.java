package dev.canyon.api.openapi;

import dev.canyon.definition.DefinitionFields;
import dev.canyon.engine.setting.AddressRanges;
import dev.canyon.engine.setting.Block;
import dev.canyon.engine.setting.Choice;
import dev.canyon.engine.setting.DecimalNumber;
import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.Flag;
import dev.canyon.engine.setting.ObjectList;
import dev.canyon.engine.setting.OneOf;
import dev.canyon.engine.setting.Text;
import dev.canyon.engine.setting.TextList;
import dev.canyon.engine.setting.TextMap;
import dev.canyon.engine.setting.Unit;
import dev.canyon.engine.setting.ValueType;
import dev.canyon.engine.setting.WholeNumber;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MapSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schemas of a definition, from {@link DefinitionFields}: as requests, with ranges and defaults, and as views, in which every
 * field is present.
 */
final class DefinitionSchemas {

    private static final String REFERENCE = "#/components/schemas/";

    /** Fields that PATCH rejects. */
    private static final Set<String> FIXED = Set.of("name", "protocol");

    private final Components schemas;
    private final Use use;

    /** What a schema is for, with the ending of the names of the schemas within it. */
    private enum Use {
        CREATE("Request"),
        REPLACE("Request"),
        PATCH("Patch"),
        VIEW("View");

        private final String ending;

        Use(String ending) {
            this.ending = ending;
        }

        boolean isRequest() {
            return this != VIEW;
        }
    }

    private DefinitionSchemas(Components schemas, Use use) {
        this.schemas = schemas;
        this.use = use;
    }

    /** Adds the schemas, replacing those of the same name. */
    static void addTo(Components schemas) {
        add(
                schemas,
                "ListenerRequest",
                Use.CREATE,
                "The desired definition. Only name, protocol and port are required; null selects the default. The"
                        + " status of a response may be sent back: it is ignored.");
        add(
                schemas,
                "ListenerReplacement",
                Use.REPLACE,
                "The desired definition. Only protocol and port are required; null selects the default. The name, if"
                        + " present, is that of the path.");
        add(
                schemas,
                "ListenerPatch",
                Use.PATCH,
                "The fields to change, as a merge patch (RFC 7396): a field that is absent keeps its value, null restores"
                        + " its default.");
        add(schemas, "DefinitionView", Use.VIEW, "A definition with every default filled in");
        Schema<?> listener = add(
                schemas,
                "ListenerView",
                Use.VIEW,
                "A listener: its definition with every default filled in, and its status");
        listener.addProperty("status", new Schema<>().$ref(REFERENCE + "StatusView"))
                .addRequiredItem("status");
    }

    private static Schema<?> add(Components schemas, String name, Use use, String description) {
        Schema<?> schema = new DefinitionSchemas(schemas, use).object(DefinitionFields.top());
        schema.setDescription(description);
        schemas.addSchemas(name, schema);
        return schema;
    }

    private Schema<?> object(List<Field> fields) {
        Schema<?> object = new ObjectSchema();
        for (Field field : fields) {
            if (use != Use.PATCH || !FIXED.contains(field.name())) {
                object.addProperty(field.name(), property(field));
                if (isRequired(field)) {
                    object.addRequiredItem(field.name());
                }
            }
        }
        return object;
    }

    private boolean isRequired(Field field) {
        return switch (use) {
            case CREATE -> field.required();
            case REPLACE -> field.required() && !field.name().equals("name");
            case PATCH -> false;
            // A listener has the settings of its own protocol only, and a field without default only if it was given.
            case VIEW ->
                !(field.type() instanceof Block)
                        && (field.defaultValue() != null
                                || DefinitionFields.top().contains(field))
                        && !isForOneProtocol(field);
        };
    }

    /** Whether it is a field of the definition itself that only one protocol has. */
    private static boolean isForOneProtocol(Field field) {
        return DefinitionFields.top().contains(field) && DefinitionFields.onlyFor(field.name()) != null;
    }

    private Schema<?> property(Field field) {
        Schema<?> property = field.type() instanceof Block block
                ? block(field, block)
                : field.type() instanceof OneOf kinds ? kinds(field, kinds) : value(field);
        if (!use.isRequest() || field.required()) {
            return property;
        }
        Schema<?> nullable = NullableSchema.of(property);
        if (field.type() instanceof OneOf && use != Use.PATCH) {
            nullable.setDefault(field.plainDefault());
        }
        return nullable;
    }

    private Schema<?> block(Field field, Block block) {
        String name = capitalized(field.name()) + use.ending;
        schemas.addSchemas(name, object(block.settings().fieldSet().fields()).description(field.text()));
        return new Schema<>().$ref(REFERENCE + name);
    }

    /** A patch of such an object is merged into the present one, so it need not be complete. */
    private Schema<?> kinds(Field field, OneOf kinds) {
        String name = capitalized(field.name()) + use.ending;
        if (use == Use.PATCH) {
            schemas.addSchemas(name, object(kinds.innerFields()).description(field.text()));
        } else {
            schemas.addSchemas(name, new KindSchemas(schemas, this::object, use.isRequest()).of(field, kinds, name));
        }
        return new Schema<>().$ref(REFERENCE + name);
    }

    private Schema<?> value(Field field) {
        Schema<?> property = schemaOf(field.type()).description(description(field));
        if (!field.example().isEmpty()) {
            property.setExample(
                    field.type() instanceof TextMap
                            ? JsonMapper.shared().readValue(field.example(), Map.class)
                            : field.type().fromText(field.example()));
        }
        if (use.isRequest() && use != Use.PATCH && field.plainDefault() != null) {
            property.setDefault(field.plainDefault());
        }
        return property;
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String description(Field field) {
        boolean inMillis = field.type() instanceof WholeNumber number && number.unit() == Unit.MILLISECONDS;
        return inMillis ? field.text() + " In milliseconds." : field.text();
    }

    private Schema<?> schemaOf(ValueType type) {
        if (type instanceof WholeNumber number) {
            Schema<?> schema = new IntegerSchema().format(number.component() == int.class ? "int32" : "int64");
            return use.isRequest()
                    ? schema.minimum(BigDecimal.valueOf(number.min())).maximum(BigDecimal.valueOf(number.max()))
                    : schema;
        }
        if (type instanceof Flag) {
            return new BooleanSchema();
        }
        if (type instanceof Text text) {
            return ofText(text);
        }
        if (type instanceof TextMap map) {
            Schema<?> entry = new StringSchema();
            // In a merge patch, null removes the entry.
            Schema<?> schema =
                    new MapSchema().additionalProperties(use == Use.PATCH ? NullableSchema.of(entry) : entry);
            return use.isRequest() ? schema.maxProperties(Math.toIntExact(map.maxEntries())) : schema;
        }
        if (type instanceof AddressRanges ranges) {
            Schema<?> schema = new ArraySchema().items(new StringSchema());
            return use.isRequest() ? schema.maxItems(Math.toIntExact(ranges.maxEntries())) : schema;
        }
        if (type instanceof TextList list) {
            Schema<?> schema = new ArraySchema().items(ofText(list.element()));
            return use.isRequest()
                    ? schema.minItems(Math.toIntExact(list.minEntries()))
                            .maxItems(Math.toIntExact(list.maxEntries()))
                            .uniqueItems(true)
                    : schema;
        }
        if (type instanceof DecimalNumber number) {
            Schema<?> schema = new NumberSchema().format("double");
            return use.isRequest()
                    ? schema.minimum(BigDecimal.valueOf(number.min())).maximum(BigDecimal.valueOf(number.max()))
                    : schema;
        }
        if (type instanceof Choice choice) {
            StringSchema schema = new StringSchema();
            choice.words().forEach(schema::addEnumItem);
            return schema;
        }
        if (type instanceof ObjectList list) {
            // An element of the list is replaced as a whole, also by a merge patch.
            DefinitionSchemas elements = new DefinitionSchemas(schemas, use.isRequest() ? Use.CREATE : Use.VIEW);
            Schema<?> schema = new ArraySchema()
                    .items(new FaultSchemas(schemas, elements::object, use.isRequest()).reference(list));
            return use.isRequest() ? schema.maxItems(list.maxEntries()) : schema;
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private Schema<?> ofText(Text text) {
        StringSchema schema = new StringSchema();
        text.words().forEach(schema::addEnumItem);
        if (use.isRequest() && text.words().isEmpty()) {
            if (text.hasPattern()) {
                schema.setPattern(text.pattern().pattern());
            }
            schema.minLength(Math.toIntExact(text.minLength())).maxLength(Math.toIntExact(text.maxLength()));
        }
        return schema;
    }
}
