package dev.canyon.inspect.event;

import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Reports an occurrence immediately, and those of the second that follows as one report with their number. From any thread.
 */
final class CountThrottle {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final EventThrottle.Scheduler scheduler;
    private final LongConsumer report;
    private long unreported;
    private boolean scheduled;

    /** @param report receives the number of occurrences */
    CountThrottle(EventThrottle.Scheduler scheduler, LongConsumer report) {
        this.scheduler = scheduler;
        this.report = report;
    }

    void occurred() {
        synchronized (this) {
            unreported++;
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        reportAndSchedule();
    }

    private void reportAndSchedule() {
        long count;
        synchronized (this) {
            count = unreported;
            unreported = 0;
            scheduled = count > 0;
        }
        if (count > 0) {
            report.accept(count);
            scheduler.schedule(INTERVAL, this::reportAndSchedule);
        }
    }
}
