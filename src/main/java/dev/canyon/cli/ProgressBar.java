package dev.canyon.cli;

import dev.canyon.probe.run.Interval;
import dev.canyon.probe.run.RunRecord;
import dev.canyon.probe.run.RunResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a run is, on one line of a terminal that is written again and again. */
final class ProgressBar {

    private static final int WIDTH = 30;

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
            terminal.print(OVER + bar(run.progress()) + figures(run));
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
            return run.spec().warmup().isZero() ? "" : "  warming up";
        }
        String counted = String.format(
                Locale.ROOT,
                "  %,d answered, %,.0f/s, %,d lost",
                result.received(),
                result.messagesPerSecond(),
                result.lost());
        List<Interval> seconds = result.series();
        Double p99 = seconds.isEmpty() ? null : seconds.get(seconds.size() - 1).p99Micros();
        return p99 == null ? counted : counted + ", p99 " + RunText.millis(p99);
    }
}
