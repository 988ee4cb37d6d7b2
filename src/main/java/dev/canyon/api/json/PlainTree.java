package dev.canyon.api.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as plain values: maps, lists, text, numbers and booleans, for code that does not know Jackson. */
public final class PlainTree {

    private PlainTree() {}

    public static Map<String, @Nullable Object> of(ObjectNode object) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.properties().forEach(property -> map.put(property.getKey(), value(property.getValue())));
        return map;
    }

    private static @Nullable Object value(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return of(object);
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.values().forEach(element -> list.add(value(element)));
            return list;
        }
        if (node.isNull()) {
            return null;
        }
        if (node.isString()) {
            return node.stringValue();
        }
        return node.isBoolean() ? node.booleanValue() : (Object) node.numberValue();
    }
}
