package dev.canyon.observe;

import dev.canyon.listener.ListenerDirectory;
import dev.canyon.listener.ListenerTotals;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The totals over all listeners, read anew at most once a second however many numbers of them are asked for. */
@Component
class Totals {

    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final ListenerDirectory directory;
    private @Nullable ListenerTotals latest;
    private long readAtNanos;

    Totals(ListenerDirectory directory) {
        this.directory = directory;
    }

    /** At most a second old. */
    synchronized ListenerTotals recent() {
        ListenerTotals totals = latest;
        if (totals == null || System.nanoTime() - readAtNanos >= FRESH_NANOS) {
            totals = directory.totals();
            latest = totals;
            readAtNanos = System.nanoTime();
        }
        return totals;
    }
}
