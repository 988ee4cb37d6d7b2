package dev.canyon.probe.report;

import dev.canyon.probe.run.Interval;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A run as one table (RFC 4180), a figure in each row: those of the whole run have no {@code atMs}, those of a second of it say
 * when that ended.
 */
public final class RunCsv {

    private static final String END_OF_LINE = "\r\n";

    private final StringBuilder table = new StringBuilder();

    private RunCsv() {}

    /**
     * @param figures of the whole run, by name, in the order of the table; an empty text is unknown
     * @return in UTF-8
     */
    public static byte[] of(RunRecord run, Map<String, String> figures) {
        RunCsv csv = new RunCsv();
        csv.write(run, figures);
        return csv.table.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(RunRecord run, Map<String, String> figures) {
        row("metric", "atMs", "value");
        figures.forEach((figure, value) -> row(figure, "", value));
        for (Interval second : series(run)) {
            String atMs = String.valueOf(second.atMs());
            row("result.series.messages", atMs, String.valueOf(second.messages()));
            row("result.series.p99Micros", atMs, second.p99Micros() == null ? "" : String.valueOf(second.p99Micros()));
        }
    }

    private static List<Interval> series(RunRecord run) {
        RunResult result = run.result();
        return result == null ? List.of() : result.series();
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
