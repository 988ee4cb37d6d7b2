package dev.canyon.cli.run;

import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.spec.Latency;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.RunSpec;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a run on one line of a terminal. */
final class ProgressBar {

    private static final int WIDTH = 20;

    /** One less than the usual minimum of 80 columns: a wrapped line cannot be overwritten. */
    private static final int COLUMNS = 79;

    /** Return to the beginning of the line and erase it (ECMA-48 EL). */
    private static final String ERASE_LINE = "\r\u001b[K";

    private final @Nullable PrintWriter terminal;

    private ProgressBar(@Nullable PrintWriter terminal) {
        this.terminal = terminal;
    }

    /** @param isTerminal false writes nothing */
    static ProgressBar on(PrintWriter writer, boolean isTerminal) {
        return new ProgressBar(isTerminal ? writer : null);
    }

    void show(RunRecord run) {
        if (terminal != null) {
            String line = bar(run.progress()) + "  " + figures(run);
            terminal.print(ERASE_LINE + line.substring(0, Math.min(line.length(), COLUMNS)));
            terminal.flush();
        }
    }

    void clear() {
        if (terminal != null) {
            terminal.print(ERASE_LINE);
            terminal.flush();
        }
    }

    private static String bar(double progress) {
        int done = (int) Math.round(progress * WIDTH);
        return "[" + "#".repeat(done) + " ".repeat(WIDTH - done) + "] "
                + String.format(Locale.ROOT, "%3.0f %%", progress * 100);
    }

    private static String figures(RunRecord run) {
        RunResult result = run.result();
        if (result == null || result.sent() == 0) {
            return run.spec().warmup().isZero() ? "" : "warming up";
        }
        StringJoiner figures = new StringJoiner(", ");
        figures.add(elapsed(result, run.spec()));
        figures.add(String.format(Locale.ROOT, "%,.0f/s", result.messagesPerSecond()));
        Latency soFar = result.latency();
        if (soFar != null) {
            figures.add("p99 " + RunText.millis(soFar.p99Micros()));
        }
        return figures.add(String.format(Locale.ROOT, "%,d lost", result.lost()))
                .toString();
    }

    /** With a number of messages the duration is only a limit. */
    private static String elapsed(RunResult result, RunSpec spec) {
        double end = spec.duration().toMillis() / 1000.0;
        return spec.messages() == null
                ? String.format(Locale.ROOT, "%.1f/%.1f s", Math.min(result.seconds(), end), end)
                : String.format(Locale.ROOT, "%.1f s", result.seconds());
    }
}
