package dev.canyon.api;

import dev.canyon.api.RunResultView.IntervalView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run as one table (RFC 4180), a figure in each row: those of the whole run have no {@code atMs}, those of a second of it say
 * when that ended.
 */
final class RunCsv {

    static final String TYPE = "text/csv;charset=UTF-8";

    private static final String END_OF_LINE = "\r\n";

    private final JsonMapper json;
    private final StringBuilder table = new StringBuilder();

    RunCsv(JsonMapper json) {
        this.json = json;
    }

    byte[] of(RunView run) {
        row("metric", "atMs", "value");
        RunFigures.of(run, json).forEach((figure, value) -> row(figure, "", value));
        for (IntervalView second : series(run)) {
            String atMs = String.valueOf(second.atMs());
            row("result.series.messages", atMs, String.valueOf(second.messages()));
            row("result.series.p99Micros", atMs, second.p99Micros() == null ? "" : String.valueOf(second.p99Micros()));
        }
        return table.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<IntervalView> series(RunView run) {
        @Nullable
        List<IntervalView> series = run.result() == null ? null : run.result().series();
        return series == null ? List.of() : series;
    }

    private void row(String metric, String atMs, String value) {
        table.append(field(metric))
                .append(',')
                .append(atMs)
                .append(',')
                .append(field(value))
                .append(END_OF_LINE);
    }

    private static String field(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
