package dev.canyon.inspect;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread for all {@link Repeats}; it sleeps while none of them waits. */
final class EventTimer implements Repeats.Later, AutoCloseable {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1,
            task -> {
                Thread thread = new Thread(task, "canyon-events-later");
                thread.setDaemon(true);
                return thread;
            },
            // After the end nobody is told any more.
            new ThreadPoolExecutor.DiscardPolicy());

    @Override
    public void run(Duration delay, Runnable task) {
        timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
