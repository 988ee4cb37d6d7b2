package dev.canyon.probe.load;

import dev.canyon.probe.spec.RunSpec;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The flows of one event loop. Confined to that loop, except the counters and where stated. */
final class EventLoopLoad {

    private static final long MAX_CHECK_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MIN_CHECK_INTERVAL = TimeUnit.MILLISECONDS.toNanos(1);

    final EventLoop loop;
    final LoadClock clock;
    final LoadCounters counters = new LoadCounters();
    private final RunSpec spec;
    private final List<LoadFlow> flows = new ArrayList<>();
    private @Nullable Pacer pacer;
    private @Nullable ScheduledFuture<?> timeoutCheck;
    private int inFlight;

    EventLoopLoad(EventLoop loop, LoadClock clock, RunSpec spec) {
        this.loop = loop;
        this.clock = clock;
        this.spec = spec;
    }

    /** May be called from any thread before {@link #start}. */
    void add(LoadFlow flow) {
        flows.add(flow);
    }

    /** Starts sending on all flows. */
    void start() {
        long interval = Math.min(
                MAX_CHECK_INTERVAL, Math.max(MIN_CHECK_INTERVAL, spec.timeout().toNanos() / 10));
        timeoutCheck = loop.scheduleWithFixedDelay(this::expireOverdue, interval, interval, TimeUnit.NANOSECONDS);
        flows.forEach(LoadFlow::start);
        SendSchedule schedule = SendSchedule.of(spec);
        if (schedule != null && !flows.isEmpty()) {
            pacer = new Pacer(this, flows, schedule, spec.duration());
            pacer.run();
        }
    }

    private void expireOverdue() {
        long sentAt = clock.now() - spec.timeout().toNanos();
        flows.forEach(flow -> flow.expire(sentAt));
    }

    /** Stops sending; responses are still received. */
    void stop() {
        if (pacer != null) {
            pacer.stop();
        }
        flows.forEach(LoadFlow::stop);
    }

    /** Closes all sockets. Unanswered messages are lost. */
    void close() {
        if (timeoutCheck != null) {
            timeoutCheck.cancel(false);
        }
        flows.forEach(LoadFlow::close);
    }

    void inFlight(int change) {
        inFlight += change;
    }

    boolean isIdle() {
        return inFlight == 0;
    }
}
