package dev.canyon.api.run;

import dev.canyon.api.stream.StreamSource;
import dev.canyon.probe.run.Run;
import dev.canyon.probe.run.RunRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** Events of a run: its progress every second, and its end. */
final class RunProgress implements StreamSource {

    /** Id of the last event; a client that has received it has nothing to resume. */
    static final String LAST_ID = "finished";

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Run run;
    private final CompletableFuture<RunRecord> end;
    private final JsonMapper json;
    private long nextAt = System.nanoTime();
    private boolean ended;

    /** @param wake called when the run has ended */
    RunProgress(Run run, JsonMapper json, Runnable wake) {
        this.run = run;
        this.json = json;
        this.end = run.finished();
        end.thenRun(wake);
    }

    @Override
    public boolean hasPending() {
        return !ended && (nextAt - System.nanoTime() <= 0 || end.isDone());
    }

    @Override
    public boolean isExhausted() {
        return ended;
    }

    @Override
    public byte[] next() {
        RunRecord now = run.record();
        ended = now.state().isOver();
        nextAt = System.nanoTime() + INTERVAL_NANOS;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(utf8(ended ? "id: " + LAST_ID + "\nevent: finished\ndata: " : "event: progress\ndata: "));
        text.writeBytes(json.writeValueAsBytes(RunView.brief(now)));
        text.writeBytes(utf8("\n\n"));
        return text.toByteArray();
    }

    @Override
    public long nanosUntilPending() {
        return ended ? Long.MAX_VALUE : Math.max(nextAt - System.nanoTime(), 0);
    }

    /** Holds no resources. */
    @Override
    public void close() {}

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
