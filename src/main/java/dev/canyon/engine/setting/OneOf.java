package dev.canyon.engine.setting;

import dev.canyon.net.Protocol;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of one of several kinds, which one of its fields tells apart: a sealed interface whose records are each described by
 * {@link Kind}.
 *
 * @param discriminator the name of the field that tells the kinds apart
 * @param kinds by their names, in the order of the declaration
 */
public record OneOf(String discriminator, Map<String, KindOf<?>> kinds) implements ValueType {

    /** The name of the field that tells the kinds of a sealed interface apart. */
    @Documented
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface By {
        String value();
    }

    /** One of the kinds. */
    public record KindOf<R extends Record>(
            String name, String text, Set<Protocol> protocols, SettingsRecord<R> settings) {

        private static <R extends Record> KindOf<R> of(Class<R> type) {
            Kind kind = type.getAnnotation(Kind.class);
            return new KindOf<>(kind.name(), kind.text(), Set.of(kind.protocols()), SettingsRecord.of(type));
        }

        public List<Field> fields() {
            return settings.fieldSet().fields();
        }

        /** An object of this kind with the examples of its fields. */
        public Map<String, Object> example(String discriminator) {
            Map<String, Object> example = new LinkedHashMap<>();
            example.put(discriminator, name);
            for (Field field : fields()) {
                if (!field.example().isEmpty()) {
                    example.put(field.name(), field.type().fromText(field.example()));
                }
            }
            return example;
        }
    }

    /** @param sealed an interface with {@link By}, of which every implementation is a record with {@link Kind} */
    public static OneOf of(Class<?> sealed) {
        Map<String, KindOf<?>> kinds = new LinkedHashMap<>();
        for (Class<?> type : sealed.getPermittedSubclasses()) {
            KindOf<?> kind = KindOf.of(type.asSubclass(Record.class));
            kinds.put(kind.name(), kind);
        }
        return new OneOf(sealed.getAnnotation(By.class).value(), kinds);
    }

    /** The name of the kind of a value. */
    public static String nameOf(Object value) {
        return value.getClass().getAnnotation(Kind.class).name();
    }

    /** The kind of a value. */
    public KindOf<?> kindOf(Object value) {
        return Objects.requireNonNull(kinds.get(nameOf(value)));
    }

    /** The names of the kinds that listeners of a protocol can have. */
    public List<String> namesFor(Protocol protocol) {
        return kinds.values().stream()
                .filter(kind -> kind.protocols().contains(protocol))
                .map(KindOf::name)
                .toList();
    }

    /** The fields of all kinds without the discriminator; a name that several kinds have occurs once. */
    public List<Field> fieldsOfAllKinds() {
        Map<String, Field> fields = new LinkedHashMap<>();
        kinds.values().forEach(kind -> kind.fields().forEach(field -> fields.putIfAbsent(field.name(), field)));
        return List.copyOf(fields.values());
    }

    /** The discriminator, and the fields of all kinds. */
    @Override
    public List<Field> innerFields() {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(
                discriminator,
                Text.oneOf(List.copyOf(kinds.keySet())),
                null,
                true,
                discriminator,
                "One of " + String.join(", ", kinds.keySet()) + ".",
                false,
                ""));
        fields.addAll(fieldsOfAllKinds());
        return List.copyOf(fields);
    }

    /** Whether any kind has a field of this name. */
    public boolean hasField(String name) {
        return name.equals(discriminator)
                || fieldsOfAllKinds().stream().anyMatch(field -> field.name().equals(name));
    }

    @Override
    public String word() {
        return "kinds";
    }

    @Override
    public @Nullable Object read(Object plain, String path, FaultReport faults) {
        if (!(plain instanceof Map<?, ?> map)) {
            faults.add(path, "must be an object, not " + ValueType.show(plain));
            return null;
        }
        String known = "; known: " + String.join(", ", kinds.keySet());
        Object name = map.get(discriminator);
        if (name == null) {
            faults.add(path + "." + discriminator, "is required" + known);
            return null;
        }
        KindOf<?> kind = kinds.get(name);
        if (kind == null) {
            faults.add(path + "." + discriminator, "is unknown: " + ValueType.show(name) + known);
            return null;
        }
        return kind.settings().read(ownFields(map, kind, path, faults), path + ".", faults);
    }

    /** The fields without the discriminator, and without those that only other kinds have and that are null. */
    private Map<Object, @Nullable Object> ownFields(Map<?, ?> map, KindOf<?> kind, String path, FaultReport faults) {
        Map<Object, @Nullable Object> own = new LinkedHashMap<>(map);
        own.remove(discriminator);
        List<String> names = kind.fields().stream().map(Field::name).toList();
        own.keySet().removeIf(field -> {
            boolean ofOthers = !names.contains(String.valueOf(field)) && hasField(String.valueOf(field));
            if (ofOthers && map.get(field) != null && !faults.ignoresUnknownFields()) {
                faults.add(
                        path + "." + field,
                        "is not for " + discriminator + " " + kind.name() + ", but for "
                                + String.join(", ", having(field)) + "; leave it out");
            }
            return ofOthers;
        });
        return own;
    }

    private List<String> having(Object field) {
        return kinds.values().stream()
                .filter(kind ->
                        kind.fields().stream().anyMatch(each -> each.name().equals(field)))
                .map(KindOf::name)
                .toList();
    }

    @Override
    public Object write(Object value) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(discriminator, nameOf(value));
        tree.putAll(SettingsRecord.valuesOf((Record) value));
        return tree;
    }

    /** Does nothing: a settings record cannot be constructed with wrong values. */
    @Override
    public void check(Object value, String path, FaultReport faults) {}

    /** The name of a kind stands for an object in which everything else has its default; empty text for an empty object. */
    @Override
    public Object fromText(String text) {
        return text.isBlank() ? Map.of() : Map.of(discriminator, text.strip());
    }

    static boolean isOneOf(Class<?> type) {
        return type.isSealed() && type.isAnnotationPresent(By.class);
    }
}
