package dev.canyon.cli;

import dev.canyon.probe.run.Latency;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunResult;
import dev.canyon.probe.run.RunSpec;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** How far a run is, on one line of a terminal that is written again and again. */
final class ProgressBar {

    private static final int WIDTH = 20;

    /** Of the narrowest usual terminal, less one: a line that is broken into two cannot be written over. */
    private static final int COLUMNS = 79;

    /** Back to the beginning of the line, and erase it (ECMA-48 EL). */
    private static final String OVER = "\r\u001b[K";

    private final @Nullable PrintWriter terminal;

    private ProgressBar(@Nullable PrintWriter terminal) {
        this.terminal = terminal;
    }

    /** @param seen whether it is a terminal; nothing is written if not */
    static ProgressBar on(PrintWriter writer, boolean seen) {
        return new ProgressBar(seen ? writer : null);
    }

    void show(RunRecord run) {
        if (terminal != null) {
            String line = bar(run.progress()) + "  " + figures(run);
            terminal.print(OVER + line.substring(0, Math.min(line.length(), COLUMNS)));
            terminal.flush();
        }
    }

    void clear() {
        if (terminal != null) {
            terminal.print(OVER);
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

    /** Where messages are counted, the time is no more than a limit. */
    private static String elapsed(RunResult result, RunSpec spec) {
        double end = spec.duration().toMillis() / 1000.0;
        return spec.messages() == null
                ? String.format(Locale.ROOT, "%.1f/%.1f s", Math.min(result.seconds(), end), end)
                : String.format(Locale.ROOT, "%.1f s", result.seconds());
    }
}
