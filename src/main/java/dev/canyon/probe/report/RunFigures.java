package dev.canyon.probe.report;

import dev.canyon.probe.run.RunRecord;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The single values of a run as text, by their path in the JSON: {@code result.latency.p99Micros}. */
final class RunFigures {

    private RunFigures() {}

    /** Returns the values in the order of the JSON, without lists; null is an empty text. */
    static Map<String, String> of(RunRecord run) {
        Map<String, String> figures = new LinkedHashMap<>();
        collect("", RunFields.of(run), figures);
        return figures;
    }

    private static void collect(String prefix, Map<?, ?> fields, Map<String, String> figures) {
        fields.forEach((name, value) -> {
            String path = prefix + name;
            if (value instanceof Map<?, ?> object) {
                collect(path + ".", object, figures);
            } else if (!(value instanceof Iterable<?>)) {
                figures.put(path, text(value));
            }
        });
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        // Not 1.0E7, which not every program reads.
        return value instanceof Double number
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : value.toString();
    }
}
