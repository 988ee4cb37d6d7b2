package dev.canyon.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tries again later: after 1 s at first, then twice as long each time up to 30 s, each a little more or less so that
 * listeners that failed together do not retry together. Attempts run on one thread, so they must not wait for long.
 */
final class Retries implements AutoCloseable {

    static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);
    private static final double JITTER = 0.2;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1,
            task -> {
                Thread thread = new Thread(task, "canyon-retry");
                thread.setDaemon(true);
                return thread;
            },
            // After the end nothing is tried any more.
            new ThreadPoolExecutor.DiscardPolicy());

    /** When to try again, and how long to wait should that fail too. */
    record Plan(Instant madeAt, Instant dueAt, Duration nextDelay) {}

    Plan plan(Duration delay) {
        double factor = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        long millis = Math.min(LONGEST_DELAY.toMillis(), Math.round(delay.toMillis() * factor));
        Duration doubled = delay.multipliedBy(2);
        Instant now = Instant.now();
        return new Plan(now, now.plusMillis(millis), doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY);
    }

    void schedule(Plan plan, Runnable attempt) {
        long delay = Duration.between(Instant.now(), plan.dueAt()).toMillis();
        timer.schedule(attempt, Math.max(0, delay), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
