package dev.canyon.api;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every single figure of a run as text, by its path in the JSON: {@code result.latency.p99Micros}. */
final class RunFigures {

    private RunFigures() {}

    /** Without lists. What is null is an empty text. */
    static Map<String, String> of(RunView run, JsonMapper json) {
        Map<String, String> figures = new LinkedHashMap<>();
        collect("", json.valueToTree(run), figures);
        return figures;
    }

    private static void collect(String path, JsonNode value, Map<String, String> figures) {
        if (value.isObject()) {
            String prefix = path.isEmpty() ? "" : path + ".";
            value.properties().forEach(field -> collect(prefix + field.getKey(), field.getValue(), figures));
        } else if (!value.isArray()) {
            figures.put(path, text(value));
        }
    }

    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        // Not 1.0E7, which not everybody reads.
        return value.isNumber() ? value.decimalValue().stripTrailingZeros().toPlainString() : value.asString();
    }
}
