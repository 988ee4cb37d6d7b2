package dev.canyon.store.database;

import dev.canyon.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs the maintenance task every two seconds on a separate thread. */
final class StoreMaintenance {

    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final ScheduledExecutorService executor =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("canyon-store"));

    /** @param task must not throw, or it would not be run again */
    void start(Runnable task) {
        executor.scheduleWithFixedDelay(task, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits up to five seconds for a running task. @return whether it has finished */
    boolean stop() throws InterruptedException {
        // No interrupt, which would close the file channel of a copy in progress.
        executor.shutdown();
        return executor.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
