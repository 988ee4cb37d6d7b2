package dev.canyon.store;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Looks after the database every two seconds, on a thread of its own. */
final class Upkeep {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

    private final ScheduledExecutorService keeper = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "canyon-store");
        thread.setDaemon(true);
        return thread;
    });

    /** @param look must not throw: it would not be called again */
    void begin(Runnable look) {
        keeper.scheduleWithFixedDelay(look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for a look that is under way. @return whether it is over */
    boolean end() throws InterruptedException {
        // Not interrupted: that would close the file under the copy that is being made.
        keeper.shutdown();
        return keeper.awaitTermination(LONGEST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
}
