package dev.canyon.engine.setting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of one object, in the order in which they are shown. */
public final class FieldSet {

    private final List<Field> fields;
    private final List<String> names;
    private final Map<String, Field> byName;

    public FieldSet(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.names = fields.stream().map(Field::name).toList();
        this.byName = fields.stream().collect(Collectors.toUnmodifiableMap(Field::name, Function.identity()));
    }

    public List<Field> fields() {
        return fields;
    }

    public Field get(String name) {
        Field field = byName.get(name);
        if (field == null) {
            throw new IllegalArgumentException("no field '" + name + "' among " + names);
        }
        return field;
    }

    /**
     * Reads the fields of an object. What is left out or null has its default.
     *
     * @param plain the object, as a JSON parser returns it
     * @param prefix the path of the object, empty or with a dot at its end
     * @return the values of the record components by field name, without those that have neither a value nor a default
     */
    public Map<String, Object> read(Map<?, ?> plain, String prefix, FaultReport faults) {
        reportUnknown(plain, prefix, faults);
        Map<String, Object> values = new LinkedHashMap<>();
        for (Field field : fields) {
            Object value = read(field, plain.get(field.name()), prefix + field.name(), faults);
            if (value != null) {
                values.put(field.name(), value);
            }
        }
        return values;
    }

    private static @Nullable Object read(Field field, @Nullable Object plain, String path, FaultReport faults) {
        if (plain != null) {
            return field.type().read(plain, path, faults);
        }
        if (field.required()) {
            faults.add(path, "is required");
        }
        return field.defaultValue();
    }

    /** Reports the names that do not exist, here and in the objects within. */
    public void checkNames(Map<?, ?> plain, String prefix, FaultReport faults) {
        reportUnknown(plain, prefix, faults);
        for (Field field : fields) {
            if (!field.type().innerFields().isEmpty() && plain.get(field.name()) instanceof Map<?, ?> nested) {
                new FieldSet(field.type().innerFields()).checkNames(nested, prefix + field.name() + ".", faults);
            }
        }
    }

    private void reportUnknown(Map<?, ?> plain, String prefix, FaultReport faults) {
        if (faults.ignoresUnknownFields()) {
            return;
        }
        for (Object name : plain.keySet()) {
            if (!byName.containsKey(String.valueOf(name))) {
                faults.add(prefix + name, "is unknown; known fields: " + String.join(", ", names));
            }
        }
    }
}
