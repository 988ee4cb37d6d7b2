package dev.canyon.cli;

import dev.canyon.probe.run.RunRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Every single figure of a run as text, by its path in the JSON, as in the reports of the API. */
final class RunFigures {

    private RunFigures() {}

    /** Without lists. What is null is an empty text. */
    static Map<String, String> of(RunRecord run) {
        Map<String, String> figures = new LinkedHashMap<>();
        try (JsonParser json = Json.from(RunJson.of(run))) {
            json.nextToken();
            collect("", json, figures);
        }
        return figures;
    }

    private static void collect(String prefix, JsonParser json, Map<String, String> figures) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String path = prefix + json.currentName();
            switch (json.nextToken()) {
                case START_OBJECT -> collect(path + ".", json, figures);
                case START_ARRAY -> json.skipChildren();
                case VALUE_NULL -> figures.put(path, "");
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    figures.put(
                            path, json.getDecimalValue().stripTrailingZeros().toPlainString());
                default -> figures.put(path, json.getString());
            }
        }
    }
}
