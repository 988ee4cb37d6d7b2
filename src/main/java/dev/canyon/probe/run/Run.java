package dev.canyon.probe.run;

import dev.canyon.probe.load.Load;
import dev.canyon.probe.spec.RunSpec;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A run, running or finished. Thread-safe. */
public final class Run {

    private final String id;
    private final RunSpec spec;
    private final Instant startedAt;
    /** Null once the run is over, to release its memory. */
    private volatile @Nullable Load load;

    private final CompletableFuture<RunRecord> finished = new CompletableFuture<>();

    Run(String id, RunSpec spec, Instant startedAt, Load load) {
        this.id = id;
        this.spec = spec;
        this.startedAt = startedAt;
        this.load = load;
    }

    /** A finished run from the store. */
    Run(RunRecord stored) {
        this.id = stored.id();
        this.spec = stored.spec();
        this.startedAt = stored.startedAt();
        this.load = null;
        finished.complete(stored);
    }

    public String id() {
        return id;
    }

    public boolean isOver() {
        return finished.isDone();
    }

    /** Returns the current state. */
    public RunRecord record() {
        Load current = load;
        if (current == null || finished.isDone()) {
            return finished.join();
        }
        return new RunRecord(
                id, RunState.RUNNING, startedAt, null, current.progress(), null, spec, current.result(), null);
    }

    /** Completes normally once the run is over and stored. The returned future is a copy. */
    public CompletableFuture<RunRecord> finished() {
        return finished.copy();
    }

    /** Ends the run within a second. Does nothing if it is over. */
    void cancel() {
        Load current = load;
        if (current != null) {
            current.cancel();
        }
    }

    void finish(RunRecord end) {
        finished.complete(end);
        load = null;
    }

    /** Returns the number of connections that the run may still open. */
    int pendingConnections() {
        Load current = load;
        return current != null && current.progress() == 0 ? spec.connections() : 0;
    }
}
