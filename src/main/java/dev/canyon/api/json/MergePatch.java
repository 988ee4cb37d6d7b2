package dev.canyon.api.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies a merge patch (RFC 7396, section 2). */
public final class MergePatch {

    private MergePatch() {}

    /** @return a new object; neither argument is changed */
    public static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        ObjectNode merged = target.deepCopy();
        for (String name : patch.propertyNames()) {
            JsonNode value = patch.get(name);
            if (value.isNull()) {
                merged.remove(name);
            } else if (value instanceof ObjectNode inner) {
                ObjectNode before = merged.get(name) instanceof ObjectNode object ? object : merged.objectNode();
                merged.set(name, apply(before, inner));
            } else {
                merged.set(name, value);
            }
        }
        return merged;
    }
}
