package dev.canyon.probe.run;

import dev.canyon.probe.Outcome;
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

/** Adds up what all event loops of a run have counted, second by second. Any thread. */
final class Meter {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RunSpec spec;
    private final Clock clock;
    private final List<Tally> tallies;
    private final List<@Nullable Histogram> used;
    private final Histogram whole = Tally.newHistogram();
    private final List<Interval> series = new ArrayList<>();
    private long nextInterval = SECOND;
    private boolean ended;

    Meter(RunSpec spec, Clock clock, List<Tally> tallies) {
        this.spec = spec;
        this.clock = clock;
        this.tallies = tallies;
        this.used = new ArrayList<@Nullable Histogram>(Collections.<@Nullable Histogram>nCopies(tallies.size(), null));
    }

    /** In nanoseconds. */
    synchronized long untilNextInterval() {
        return nextInterval - clock.now();
    }

    /** Closes the interval if it is over. */
    synchronized void tick() {
        long now = clock.now();
        if (now >= nextInterval) {
            closeInterval(now);
            nextInterval = now - now % SECOND + SECOND;
        }
    }

    /** Nothing is counted any more. */
    synchronized void end() {
        closeInterval(Math.max(lastProgress(), 0));
        ended = true;
    }

    private void closeInterval(long now) {
        Histogram interval = Tally.newHistogram();
        for (int i = 0; i < tallies.size(); i++) {
            Histogram of = tallies.get(i).takeLatencies(used.get(i));
            used.set(i, of);
            interval.add(of);
        }
        whole.add(interval);
        long messages = interval.getTotalCount();
        if (!ended && (messages > 0 || now >= nextInterval)) {
            Double p99 = messages == 0 ? null : Latency.percentile(interval, 99);
            series.add(new Interval(TimeUnit.NANOSECONDS.toMillis(now), messages, p99));
        }
    }

    double progress() {
        double byTime = (double) clock.now() / spec.duration().toNanos();
        double byMessages = spec.messages() == null ? 0 : (double) sum(tally -> tally.received) / spec.messages();
        return Math.min(1, Math.max(0, Math.max(byTime, byMessages)));
    }

    synchronized RunResult result() {
        long received = sum(tally -> tally.received);
        double seconds = Math.max(0, ended ? lastProgress() : clock.now()) / (double) SECOND;
        double perSecond = seconds == 0 ? 0 : received / seconds;
        return new RunResult(
                sum(tally -> tally.sent),
                received,
                sum(tally -> tally.lost),
                sum(tally -> tally.late),
                sum(tally -> tally.duplicated),
                sum(tally -> tally.reordered),
                sum(tally -> tally.corrupted),
                sum(tally -> tally.unsent),
                errors(),
                seconds,
                perSecond,
                perSecond * spec.messageBytes(),
                Latency.of(whole),
                series,
                Bucket.of(whole));
    }

    private long lastProgress() {
        return tallies.stream().mapToLong(Tally::lastProgress).max().orElse(0);
    }

    private long sum(Function<Tally, LongAdder> counter) {
        return tallies.stream().mapToLong(tally -> counter.apply(tally).sum()).sum();
    }

    private Map<Outcome, Long> errors() {
        Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
        tallies.forEach(
                tally -> tally.errors().forEach((outcome, count) -> all.merge(outcome, count.sum(), Long::sum)));
        return all;
    }
}
