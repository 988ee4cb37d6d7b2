package dev.canyon.definition;

import dev.canyon.engine.setting.AddressRanges;
import dev.canyon.engine.setting.Block;
import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.FieldSet;
import dev.canyon.engine.setting.ObjectList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns an object of an {@link ObjectList} whose values are text, as in properties and options of a command, into plain values. */
public final class TextObject {

    private TextObject() {}

    /**
     * Converts what the fields of its kind accept; everything else stays text, so that reading the object reports it.
     *
     * @param properties by the name of the field in camelCase, kebab-case or as in an environment variable. A dot separates the name of an
     *     object from that of its field, and the name of a list from an index: {@code when.first}, {@code sources.0}
     */
    public static Map<String, Object> read(ObjectList.Format format, Map<String, String> properties) {
        String discriminator = format.discriminator();
        Map<String, Object> object = new LinkedHashMap<>();
        properties.forEach((name, value) -> {
            if (isSame(name, discriminator)) {
                object.put(discriminator, value);
            }
        });
        FieldSet kind = format.kinds().get(object.get(discriminator));
        List<Field> fields = kind == null ? List.of() : kind.fields();
        properties.forEach((name, value) -> {
            if (!isSame(name, discriminator)) {
                put(object, fields, name, value);
            }
        });
        return object;
    }

    private static void put(Map<String, Object> object, List<Field> fields, String name, String value) {
        int dot = name.indexOf('.');
        Field field = find(fields, dot < 0 ? name : name.substring(0, dot));
        if (field != null && dot < 0) {
            object.put(field.name(), field.type().fromText(value));
        } else if (field != null && field.type() instanceof Block block) {
            if (object.getOrDefault(field.name(), Map.of()) instanceof Map<?, ?> present) {
                @SuppressWarnings("unchecked") // its keys are names
                Map<String, Object> inner = new LinkedHashMap<>((Map<String, Object>) present);
                put(inner, block.settings().fieldSet().fields(), name.substring(dot + 1), value);
                object.put(field.name(), inner);
            }
        } else if (field != null && field.type() instanceof AddressRanges) {
            if (object.getOrDefault(field.name(), List.of()) instanceof List<?> present) {
                List<Object> elements = new ArrayList<>(present);
                elements.add(value);
                object.put(field.name(), elements);
            }
        } else {
            object.put(name, value);
        }
    }

    private static @Nullable Field find(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> isSame(field.name(), name))
                .findFirst()
                .orElse(null);
    }

    private static boolean isSame(String name, String other) {
        return normalized(name).equals(normalized(other));
    }

    private static String normalized(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
