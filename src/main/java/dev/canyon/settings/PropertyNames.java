package dev.canyon.settings;

import dev.canyon.definition.DefinitionFields;
import dev.canyon.engine.setting.AddressRanges;
import dev.canyon.engine.setting.Block;
import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.ObjectList;
import dev.canyon.engine.setting.TextList;
import dev.canyon.engine.setting.TextMap;
import dev.canyon.engine.setting.ValueType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The names of all properties of Canyon, derived from the records that hold them, and those of {@code canyon.listeners} from
 * {@link DefinitionFields}. An element of a list is written as
 * {@code [*]}: {@code canyon.listeners[*].name}.
 */
final class PropertyNames {

    static final String PREFIX = "canyon";
    private static final String LISTENERS = "canyon.listeners";
    private static final Pattern IGNORED = Pattern.compile("[^a-z0-9]");

    private final List<String> settable = new ArrayList<>();
    private final List<Pattern> patterns = new ArrayList<>();

    PropertyNames() {
        addRecord(PREFIX, CanyonProperties.class);
    }

    /** The names of properties that have a value. */
    List<String> settable() {
        return List.copyOf(settable);
    }

    /** Whether the name exists, in any form that Spring Boot accepts: kebab-case, camelCase or as an environment variable. */
    boolean contains(String name) {
        String normalized = normalized(name);
        return patterns.stream().anyMatch(pattern -> pattern.matcher(normalized).matches());
    }

    /** The name that was probably meant by an unknown one; empty if none is similar. */
    Optional<String> nearest(String misspelled) {
        return new NearestName(misspelled).among(settable);
    }

    private void addRecord(String prefix, Class<?> holder) {
        patterns.add(Pattern.compile(pattern(prefix)));
        for (RecordComponent component : holder.getRecordComponents()) {
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            addValue(name, component.getGenericType());
        }
    }

    private void addValue(String name, Type type) {
        if (type instanceof Class<?> value && value.isRecord()) {
            addRecord(name, value);
        } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            addList(name, list.getActualTypeArguments()[0]);
        } else {
            settable.add(name);
            boolean map = type instanceof ParameterizedType generic && generic.getRawType() == Map.class;
            patterns.add(Pattern.compile(pattern(name) + (map ? ".*" : "")));
        }
    }

    private void addList(String name, Type element) {
        if (name.equals(LISTENERS)) {
            addListeners(name);
        } else if (element instanceof Class<?> value && value.isRecord()) {
            patterns.add(Pattern.compile(pattern(name)));
            addRecord(name + "[*]", value);
        } else {
            settable.add(name);
            patterns.add(Pattern.compile(pattern(name) + "[0-9]*"));
        }
    }

    private void addListeners(String name) {
        patterns.add(Pattern.compile(pattern(name)));
        String element = name + "[*]";
        for (Field field : DefinitionFields.top()) {
            if (field.type() instanceof Block) {
                patterns.add(Pattern.compile(pattern(element + "." + field.name())));
            }
        }
        for (DefinitionFields.Entry entry : DefinitionFields.all()) {
            String property = element + "." + ofField(entry.path());
            settable.add(property);
            patterns.add(Pattern.compile(pattern(property) + below(entry.field().type())));
            for (Field inner : entry.field().type().innerFields()) {
                String innerProperty = property + "." + DataObjectPropertyName.toDashedForm(inner.name());
                settable.add(innerProperty);
                patterns.add(Pattern.compile(pattern(innerProperty)));
            }
        }
    }

    private static String below(ValueType type) {
        return type instanceof TextMap || type instanceof ObjectList
                ? ".*"
                : type instanceof AddressRanges || type instanceof TextList ? "[0-9]*" : "";
    }

    /** The property for a field of a definition: {@code tcp.idle-timeout-ms} for {@code tcp.idleTimeoutMs}. */
    static String ofField(String path) {
        for (DefinitionFields.Entry entry : DefinitionFields.all()) {
            // What follows, an index or the key of a map, stays as it is.
            if (path.equals(entry.path())
                    || path.startsWith(entry.path() + ".")
                    || path.startsWith(entry.path() + "[")) {
                return Arrays.stream(entry.path().split("\\."))
                                .map(DataObjectPropertyName::toDashedForm)
                                .collect(Collectors.joining("."))
                        + path.substring(entry.path().length());
            }
        }
        return path;
    }

    private static String pattern(String name) {
        return normalized(name.replace("[*]", "0")).replace("0", "[0-9]+");
    }

    static String normalized(String name) {
        return IGNORED.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
