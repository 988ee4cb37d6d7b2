package dev.canyon.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tries again later: after 1 s at first, then twice as long each time up to 30 s, each a little more or less so that
 * listeners that failed together do not retry together.
 */
final class Retries implements AutoCloseable {

    static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);
    private static final double JITTER = 0.2;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "canyon-retry");
        thread.setDaemon(true);
        return thread;
    });

    /** When it failed, and when it is tried again. */
    record Attempt(Instant failedAt, Instant dueAt) {}

    /** @param attempt gets the delay to ask for should it fail once more */
    Attempt schedule(Duration delay, Consumer<Duration> attempt) {
        Duration doubled = delay.multipliedBy(2);
        Duration next = doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
        double factor = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
        long millis = Math.min(LONGEST_DELAY.toMillis(), Math.round(delay.toMillis() * factor));
        timer.schedule(() -> attempt.accept(next), millis, TimeUnit.MILLISECONDS);
        Instant now = Instant.now();
        return new Attempt(now, now.plusMillis(millis));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
