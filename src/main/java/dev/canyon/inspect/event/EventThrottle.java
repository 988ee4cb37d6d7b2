package dev.canyon.inspect.event;

import dev.canyon.net.SourceNetwork;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reports something that may occur a million times per second at most once per second: the first occurrence immediately, those
 * within the next second together at its end, one report for each source. After a second without occurrences the next one is
 * reported immediately again.
 *
 * <p>Sources can be forged: those beyond the first {@value #MAX_SOURCES} of a second are reported together.
 */
final class EventThrottle {

    static final int MAX_SOURCES = 16;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final Report report;
    private final Map<SourceNetwork, Occurrences> unreported = new HashMap<>();
    private long unreportedOfOthers;
    private boolean scheduled;

    /** Runs a task after a delay. */
    @FunctionalInterface
    interface Scheduler {

        void schedule(Duration delay, Runnable task);
    }

    /** Receives the occurrences of one source. */
    @FunctionalInterface
    interface Report {

        /** @param remote the last peer; null for several sources */
        void accept(@Nullable InetSocketAddress remote, long count);
    }

    private static final class Occurrences {

        private InetSocketAddress last;
        private long count;

        private Occurrences(InetSocketAddress first) {
            this.last = first;
        }
    }

    EventThrottle(Scheduler scheduler, Report report) {
        this.scheduler = scheduler;
        this.report = report;
    }

    /** Counts an occurrence. From any thread. */
    void occurred(InetSocketAddress remote) {
        synchronized (this) {
            count(remote);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        reportAndSchedule();
    }

    private void count(InetSocketAddress remote) {
        SourceNetwork source = SourceNetwork.of(remote.getAddress());
        Occurrences occurrences = unreported.get(source);
        if (occurrences == null) {
            if (unreported.size() == MAX_SOURCES) {
                unreportedOfOthers++;
                return;
            }
            occurrences = new Occurrences(remote);
            unreported.put(source, occurrences);
        }
        occurrences.last = remote;
        occurrences.count++;
    }

    private void reportAndSchedule() {
        List<Occurrences> taken;
        long others;
        synchronized (this) {
            if (unreported.isEmpty()) {
                scheduled = false;
                return;
            }
            taken = new ArrayList<>(unreported.values());
            unreported.clear();
            others = unreportedOfOthers;
            unreportedOfOthers = 0;
        }
        taken.forEach(occurrences -> report.accept(occurrences.last, occurrences.count));
        if (others > 0) {
            report.accept(null, others);
        }
        scheduler.schedule(INTERVAL, this::reportAndSchedule);
    }
}
