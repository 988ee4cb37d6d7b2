package dev.canyon.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * The names of all properties that Canyon has, read from the records that hold them. An element of a list is written as
 * {@code [*]}: {@code canyon.listeners[*].name}.
 */
final class PropertyNames {

    private static final String PREFIX = "canyon";
    private static final Pattern NOT_COMPARED = Pattern.compile("[^a-z0-9]");

    private final List<String> settable = new ArrayList<>();
    private final List<Pattern> forms = new ArrayList<>();

    PropertyNames() {
        addRecord(PREFIX, CanyonProperties.class);
    }

    /** Those that have a value. */
    List<String> settable() {
        return List.copyOf(settable);
    }

    /** Whether a name is one of them in any of the forms that Spring Boot reads: kebab-case, camelCase, or as a variable. */
    boolean contain(String name) {
        String squeezed = squeezed(name);
        return forms.stream().anyMatch(form -> form.matcher(squeezed).matches());
    }

    /** The name that a misspelt one is most like; empty if more than half of its letters would be others. */
    Optional<String> nearest(String misspelt) {
        String squeezed = withoutPrefix(misspelt).replaceAll("[0-9]", "");
        String best = settable.get(0);
        for (String name : settable) {
            if (distance(squeezed, withoutPrefix(name)) < distance(squeezed, withoutPrefix(best))) {
                best = name;
            }
        }
        int longer = Math.max(squeezed.length(), withoutPrefix(best).length());
        return distance(squeezed, withoutPrefix(best)) * 2 <= longer ? Optional.of(best) : Optional.empty();
    }

    private void addRecord(String prefix, Class<?> holder) {
        forms.add(Pattern.compile(form(prefix)));
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
            forms.add(Pattern.compile(form(name) + (map ? ".*" : "")));
        }
    }

    private void addList(String name, Type element) {
        if (element instanceof Class<?> value && value.isRecord()) {
            forms.add(Pattern.compile(form(name)));
            addRecord(name + "[*]", value);
        } else {
            settable.add(name);
            forms.add(Pattern.compile(form(name) + "[0-9]*"));
        }
    }

    private static String form(String name) {
        return squeezed(name.replace("[*]", "0")).replace("0", "[0-9]+");
    }

    private static String squeezed(String name) {
        return NOT_COMPARED.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** All names have it in common, which says nothing of how near they are. */
    private static String withoutPrefix(String name) {
        return squeezed(name).substring(PREFIX.length());
    }

    /** How many letters have to be put in, taken out or changed (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int i = 0; i < row.length; i++) {
            row[i] = i;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
