package dev.canyon.probe.report;

import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.spec.Interval;
import dev.canyon.probe.spec.RunResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A run as one table (RFC 4180) with a value in each row. Values of the whole run have no {@code atMs}; for values of one second of
 * the run it is the end of that second.
 */
public final class RunCsv {

    private static final String END_OF_LINE = "\r\n";

    private final StringBuilder table = new StringBuilder();

    private RunCsv() {}

    /** Returns the table in UTF-8; an unknown value is empty. */
    public static byte[] of(RunRecord run) {
        RunCsv csv = new RunCsv();
        csv.write(run);
        return csv.table.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(RunRecord run) {
        row("metric", "atMs", "value");
        RunFigures.of(run).forEach((metric, value) -> row(metric, "", value));
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
