package dev.canyon.settings;

import dev.canyon.definition.DefinitionFields;
import dev.canyon.definition.TextObject;
import dev.canyon.engine.setting.AddressRanges;
import dev.canyon.engine.setting.Block;
import dev.canyon.engine.setting.FaultReport;
import dev.canyon.engine.setting.Field;
import dev.canyon.engine.setting.ObjectList;
import dev.canyon.engine.setting.OneOf;
import dev.canyon.engine.setting.TextList;
import dev.canyon.engine.setting.TextMap;
import dev.canyon.engine.setting.ValueType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the properties of one element of {@code canyon.listeners} into a tree for
 * {@link dev.canyon.definition.DefinitionTree}: names may have any form that Spring Boot accepts (kebab-case, camelCase,
 * environment variables), and values may be text.
 */
final class DeclaredTree {

    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, Object>> lists = new LinkedHashMap<>();

    private final Map<String, ObjectList.Format> objects = new LinkedHashMap<>();

    private DeclaredTree() {}

    /** @param faults reports lists whose indexes leave a gap; everything else is left to the reader of the tree */
    static Map<String, Object> of(Map<String, Object> properties, FaultReport faults) {
        DeclaredTree declared = new DeclaredTree();
        declared.addAll("", properties);
        declared.lists.forEach((path, elements) -> {
            int missing = 0;
            while (elements.containsKey(missing)) {
                missing++;
            }
            if (missing < elements.size()) {
                faults.add(path + "[" + missing + "]", "is missing, but [" + elements.lastKey() + "] is set");
            }
            declared.put(path, declared.plain(path, elements.values()));
        });
        return declared.tree;
    }

    private List<Object> plain(String path, Collection<Object> elements) {
        ObjectList.Format format = objects.get(path);
        return elements.stream()
                .map(element -> format == null ? element : TextObject.read(format, textOf(element)))
                .toList();
    }

    @SuppressWarnings("unchecked") // put by addToObject
    private static Map<String, String> textOf(Object element) {
        return (Map<String, String>) element;
    }

    private void addToObject(String path, ObjectList list, String key, String value) {
        objects.put(path, list.format());
        String[] indexAndField = key.split("\\.", 2);
        Object object = lists.computeIfAbsent(path, none -> new TreeMap<>())
                .computeIfAbsent(Integer.valueOf(indexAndField[0]), none -> new LinkedHashMap<String, String>());
        textOf(object).put(indexAndField[1], value);
    }

    private void addAll(String prefix, Map<?, ?> properties) {
        properties.forEach((name, value) -> {
            String path = prefix + name;
            if (value instanceof Map<?, ?> nested) {
                addAll(path + ".", nested);
            } else if (value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    addAll(path + ".", Map.of(String.valueOf(i), list.get(i)));
                }
            } else {
                add(path, String.valueOf(value));
            }
        });
    }

    private void add(String property, String value) {
        for (Field block : DefinitionFields.top()) {
            boolean object = block.type() instanceof Block || (block.type() instanceof OneOf && value.isBlank());
            if (object && matches(property, block.name())) {
                if (value.isBlank()) {
                    // An empty object in YAML.
                    objectAt(block.name());
                } else {
                    // No object: reading the tree reports it.
                    tree.put(block.name(), value);
                }
                return;
            }
        }
        for (DefinitionFields.Entry entry : DefinitionFields.all()) {
            if (addIfMatches(entry.path(), entry.field().type(), property, value)) {
                return;
            }
        }
        // Unknown: reading the tree reports it.
        tree.put(property, value);
    }

    private boolean addIfMatches(String path, ValueType type, String property, String value) {
        if (matches(property, path)) {
            put(path, type.fromText(value));
            return true;
        }
        for (Field inner : type.innerFields()) {
            if (matches(property, path + "." + inner.name())) {
                put(path + "." + inner.name(), inner.type().fromText(value));
                return true;
            }
        }
        String key = keyBelow(path, property);
        if (key != null && !type.innerFields().isEmpty()) {
            // Unknown: reading the tree reports it.
            objectAt(path).put(key, value);
            return true;
        }
        if (key != null && type instanceof TextMap) {
            objectAt(path).put(key, value);
            return true;
        }
        if (key != null && (type instanceof AddressRanges || type instanceof TextList) && key.matches("\\d{1,6}")) {
            lists.computeIfAbsent(path, none -> new TreeMap<>()).put(Integer.valueOf(key), value);
            return true;
        }
        if (key != null && type instanceof ObjectList list && key.matches("\\d{1,6}\\..+")) {
            addToObject(path, list, key, value);
            return true;
        }
        return false;
    }

    private static boolean matches(String property, String path) {
        return PropertyNames.normalized(property).equals(PropertyNames.normalized(path));
    }

    /** What follows the name of a map or a list: {@code team} in {@code labels.team}. */
    private static @Nullable String keyBelow(String path, String property) {
        for (int dot = property.indexOf('.'); dot >= 0; dot = property.indexOf('.', dot + 1)) {
            if (matches(property.substring(0, dot), path)) {
                return property.substring(dot + 1);
            }
        }
        return null;
    }

    private void put(String path, Object value) {
        int dot = path.lastIndexOf('.');
        (dot < 0 ? tree : objectAt(path.substring(0, dot))).put(path.substring(dot + 1), value);
    }

    @SuppressWarnings("unchecked") // all objects of the tree are made here
    private Map<String, Object> objectAt(String path) {
        Map<String, Object> object = tree;
        for (String name : path.split("\\.", -1)) {
            Object below = object.computeIfAbsent(name, none -> new LinkedHashMap<String, Object>());
            if (!(below instanceof Map)) {
                // Text in place of an object: it stays, so that reading the tree reports it.
                return new LinkedHashMap<>();
            }
            object = (Map<String, Object>) below;
        }
        return object;
    }
}
