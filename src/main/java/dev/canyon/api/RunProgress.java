package dev.canyon.api;

import dev.canyon.probe.run.Run;
import dev.canyon.probe.run.RunRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** How a run gets on, every second, and how it ended. */
final class RunProgress implements StreamSource {

    /** The id of the last event: whoever has read it need not ask again. */
    static final String LAST_ID = "finished";

    private static final long BETWEEN = TimeUnit.SECONDS.toNanos(1);

    private final Run run;
    private final CompletableFuture<RunRecord> end;
    private final JsonMapper json;
    private long nextAt = System.nanoTime();
    private boolean ended;

    /** @param wake is called when it has ended */
    RunProgress(Run run, JsonMapper json, Runnable wake) {
        this.run = run;
        this.json = json;
        this.end = run.finished();
        end.thenRun(wake);
    }

    @Override
    public boolean hasNews() {
        return !ended && (nextAt - System.nanoTime() <= 0 || end.isDone());
    }

    @Override
    public boolean isOver() {
        return ended;
    }

    @Override
    public byte[] next() {
        RunRecord now = run.record();
        ended = now.state().isOver();
        nextAt = System.nanoTime() + BETWEEN;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(utf8(ended ? "id: " + LAST_ID + "\nevent: finished\ndata: " : "event: progress\ndata: "));
        text.writeBytes(json.writeValueAsBytes(RunView.brief(now)));
        text.writeBytes(utf8("\n\n"));
        return text.toByteArray();
    }

    @Override
    public long nanosUntilNews() {
        return ended ? Long.MAX_VALUE : Math.max(nextAt - System.nanoTime(), 0);
    }

    /** Nothing is held for it. */
    @Override
    public void close() {}

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
