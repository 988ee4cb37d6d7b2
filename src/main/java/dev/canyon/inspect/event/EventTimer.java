package dev.canyon.inspect.event;

import dev.canyon.thread.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The single thread of every {@link EventThrottle}. Idle while nothing is scheduled. */
public final class EventTimer implements EventThrottle.Scheduler, AutoCloseable {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1,
            DaemonThreads.named("canyon-event-timer"),
            // After shutdown nothing is reported any more.
            new ThreadPoolExecutor.DiscardPolicy());

    @Override
    public void schedule(Duration delay, Runnable task) {
        timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
