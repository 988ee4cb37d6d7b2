package dev.canyon.probe.run;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A run that goes on, or one that is over. Any thread. */
public final class Run {

    private final String id;
    private final RunSpec spec;
    private final Instant startedAt;
    /** Gone when it is over: it holds much more than what it found. */
    private volatile @Nullable Load load;

    private final CompletableFuture<RunRecord> finished = new CompletableFuture<>();

    Run(String id, RunSpec spec, Instant startedAt, Load load) {
        this.id = id;
        this.spec = spec;
        this.startedAt = startedAt;
        this.load = load;
    }

    /** One of an earlier life. */
    Run(RunRecord kept) {
        this.id = kept.id();
        this.spec = kept.spec();
        this.startedAt = kept.startedAt();
        this.load = null;
        finished.complete(kept);
    }

    public String id() {
        return id;
    }

    public boolean isOver() {
        return finished.isDone();
    }

    /** As it is now. */
    public RunRecord record() {
        Load going = load;
        if (going == null || finished.isDone()) {
            return finished.join();
        }
        return new RunRecord(id, RunState.RUNNING, startedAt, null, going.progress(), null, spec, going.result(), null);
    }

    /** Completes when it is over and kept, never exceptionally. To cancel or complete what is returned changes nothing. */
    public CompletableFuture<RunRecord> finished() {
        return finished.copy();
    }

    /** Ends it within a second; does nothing if it is over. */
    void cancel() {
        Load going = load;
        if (going != null) {
            going.cancel();
        }
    }

    void finish(RunRecord end) {
        finished.complete(end);
        load = null;
    }

    /** How many it may still open. */
    int connectionsToCome() {
        Load going = load;
        return going != null && going.progress() == 0 ? spec.connections() : 0;
    }
}
