package dev.canyon.api;

import dev.canyon.probe.run.Runs;
import org.springframework.context.SmartLifecycle;

/**
 * Reads the runs of earlier lives once the listeners are open, and cancels those that go on before the listeners drain, which a
 * run would take for an error of theirs, and which would last longer for it.
 */
final class RunsLifecycle implements SmartLifecycle {

    /** Higher starts later and stops earlier. */
    private static final int BEFORE_THE_LISTENERS_STOP = DEFAULT_PHASE - 256;

    private final Runs runs;
    private volatile boolean running;

    RunsLifecycle(Runs runs) {
        this.runs = runs;
    }

    @Override
    public void start() {
        running = true;
        runs.restore();
    }

    @Override
    public void stop() {
        running = false;
        runs.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_LISTENERS_STOP;
    }

    /** A context that is cached between tests keeps its runs. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
