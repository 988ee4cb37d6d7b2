package dev.canyon.probe.run;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The flows that share an event loop. But for the tally and where it says so, for that loop only. */
final class Lane {

    private static final long LONGEST_BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SHORTEST_BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(1);

    final EventLoop loop;
    final Clock clock;
    final Tally tally = new Tally();
    private final RunSpec spec;
    private final List<Flow> flows = new ArrayList<>();
    private @Nullable Pacer pacer;
    private @Nullable ScheduledFuture<?> looks;
    private int unanswered;

    Lane(EventLoop loop, Clock clock, RunSpec spec) {
        this.loop = loop;
        this.clock = clock;
        this.spec = spec;
    }

    /** Any thread, before {@link #begin}. */
    void add(Flow flow) {
        flows.add(flow);
    }

    /** Lets all flows send. */
    void begin() {
        long between = Math.min(
                LONGEST_BETWEEN_LOOKS,
                Math.max(SHORTEST_BETWEEN_LOOKS, spec.timeout().toNanos() / 10));
        looks = loop.scheduleWithFixedDelay(this::giveUpOverdue, between, between, TimeUnit.NANOSECONDS);
        flows.forEach(Flow::begin);
        Schedule schedule = Schedule.of(spec);
        if (schedule != null && !flows.isEmpty()) {
            pacer = new Pacer(this, flows, schedule, spec.duration());
            pacer.run();
        }
    }

    private void giveUpOverdue() {
        long sentAt = clock.now() - spec.timeout().toNanos();
        flows.forEach(flow -> flow.giveUp(sentAt));
    }

    /** Nothing new is sent from now on; answers are still taken. */
    void stop() {
        if (pacer != null) {
            pacer.stop();
        }
        flows.forEach(Flow::stop);
    }

    /** Closes all sockets; what is unanswered is lost. */
    void hangUp() {
        if (looks != null) {
            looks.cancel(false);
        }
        flows.forEach(Flow::hangUp);
    }

    void unanswered(int more) {
        unanswered += more;
    }

    boolean isAnswered() {
        return unanswered == 0;
    }
}
