package dev.canyon.probe.load;

import dev.canyon.probe.Outcome;
import dev.canyon.probe.spec.Bucket;
import dev.canyon.probe.spec.Interval;
import dev.canyon.probe.spec.Latency;
import dev.canyon.probe.spec.RunResult;
import dev.canyon.probe.spec.RunSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Sums up the counters of all event loops of a run, second by second. Thread-safe. */
final class LoadMeter {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RunSpec spec;
    private final LoadClock clock;
    private final List<LoadCounters> counters;
    private final List<@Nullable Histogram> used;
    private final Histogram total = LoadCounters.newHistogram();
    private final List<Interval> series = new ArrayList<>();
    private long nextInterval = SECOND;
    private boolean stopped;

    LoadMeter(RunSpec spec, LoadClock clock, List<LoadCounters> counters) {
        this.spec = spec;
        this.clock = clock;
        this.counters = counters;
        this.used = new ArrayList<@Nullable Histogram>(Collections.<@Nullable Histogram>nCopies(counters.size(), null));
    }

    /** Returns nanoseconds. */
    synchronized long untilNextInterval() {
        return nextInterval - clock.now();
    }

    /** Closes the current interval if a second has passed. */
    synchronized void tick() {
        long now = clock.now();
        if (now >= nextInterval) {
            closeInterval(now);
            nextInterval = now - now % SECOND + SECOND;
        }
    }

    /** Closes the last interval. Must be called when the counters no longer change. */
    synchronized void stop() {
        closeInterval(Math.max(lastProgress(), 0));
        stopped = true;
    }

    private void closeInterval(long now) {
        Histogram interval = LoadCounters.newHistogram();
        for (int i = 0; i < counters.size(); i++) {
            Histogram latencies = counters.get(i).takeLatencies(used.get(i));
            used.set(i, latencies);
            interval.add(latencies);
        }
        total.add(interval);
        long messages = interval.getTotalCount();
        if (!stopped && (messages > 0 || now >= nextInterval)) {
            Double p99 = messages == 0 ? null : Latency.percentile(interval, 99);
            series.add(new Interval(TimeUnit.NANOSECONDS.toMillis(now), messages, p99));
        }
    }

    /** Whether a duplicate or late response has arrived. */
    boolean hasExtraResponses() {
        return sum(each -> each.duplicated) + sum(each -> each.late) > 0;
    }

    double progress() {
        double byTime = (double) clock.now() / spec.duration().toNanos();
        double byMessages = spec.messages() == null ? 0 : (double) sum(each -> each.received) / spec.messages();
        return Math.min(1, Math.max(0, Math.max(byTime, byMessages)));
    }

    synchronized RunResult result() {
        long received = sum(each -> each.received);
        double seconds = Math.max(0, stopped ? lastProgress() : clock.now()) / (double) SECOND;
        double perSecond = seconds == 0 ? 0 : received / seconds;
        return new RunResult(
                sum(each -> each.sent),
                received,
                sum(each -> each.lost),
                sum(each -> each.late),
                sum(each -> each.duplicated),
                sum(each -> each.reordered),
                sum(each -> each.corrupted),
                sum(each -> each.unsent),
                errors(),
                seconds,
                perSecond,
                perSecond * spec.messageBytes(),
                Latency.of(total),
                series,
                Bucket.of(total));
    }

    private long lastProgress() {
        return counters.stream().mapToLong(LoadCounters::lastProgress).max().orElse(0);
    }

    private long sum(Function<LoadCounters, LongAdder> counter) {
        return counters.stream().mapToLong(each -> counter.apply(each).sum()).sum();
    }

    private Map<Outcome, Long> errors() {
        Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
        counters.forEach(each -> each.errors().forEach((outcome, count) -> all.merge(outcome, count.sum(), Long::sum)));
        return all;
    }
}
