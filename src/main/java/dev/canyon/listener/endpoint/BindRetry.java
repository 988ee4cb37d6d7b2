package dev.canyon.listener.endpoint;

import dev.canyon.thread.DaemonThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Schedules retries with exponential back-off: after 1 s, then twice the previous delay up to 30 s, with 20 % jitter so that
 * listeners that failed together do not retry together. One thread keeps the time; attempts run on the executor.
 */
public final class BindRetry implements AutoCloseable {

    public static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);
    private static final double JITTER = 0.2;

    private final Executor attempts;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1,
            DaemonThreads.named("canyon-retry"),
            // No retries after close.
            new ThreadPoolExecutor.DiscardPolicy());

    /**
     * When to retry, and the delay to use if that attempt fails too.
     *
     * @param nextDelay without jitter
     */
    public record Plan(Instant madeAt, Instant dueAt, Duration nextDelay) {}

    /** @param attempts runs the attempts, which may block briefly */
    public BindRetry(Executor attempts) {
        this.attempts = attempts;
    }

    public Plan plan(Duration delay) {
        double factor = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        long millis = Math.min(LONGEST_DELAY.toMillis(), Math.round(delay.toMillis() * factor));
        Duration doubled = delay.multipliedBy(2);
        Instant now = Instant.now();
        return new Plan(now, now.plusMillis(millis), doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY);
    }

    public void schedule(Plan plan, Runnable attempt) {
        long delay = Duration.between(Instant.now(), plan.dueAt()).toMillis();
        timer.schedule(() -> attempts.execute(attempt), Math.max(0, delay), TimeUnit.MILLISECONDS);
    }

    /** Discards scheduled retries, and those scheduled later. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
