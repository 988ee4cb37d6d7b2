package dev.canyon.api.run;

import dev.canyon.probe.run.Runs;
import org.springframework.context.SmartLifecycle;

/**
 * Loads stored runs once the listeners are open. Cancels running ones before the listeners drain: a run would report the drain as an
 * error, and its connections would prolong it.
 */
final class RunsLifecycle implements SmartLifecycle {

    /** A higher phase starts later and stops earlier. */
    private static final int PHASE = DEFAULT_PHASE - 256;

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
        return PHASE;
    }

    /** A context cached between tests keeps its runs. */
    @Override
    public boolean isPauseable() {
        return false;
    }
}
