package dev.canyon.probe.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages when they are due.
 *
 * <p>A sleep until a message is due, or until a response arrives, takes the kernel about 50 microseconds too long, which would be measured as
 * latency. So the event loop spins when a message is due soon, and for a short time after one was sent; at a low rate it sleeps nearly
 * all the time.
 */
final class Pacer implements Runnable {

    private static final long SPIN_BEFORE_DUE = TimeUnit.MICROSECONDS.toNanos(150);
    private static final long SPIN_AFTER_SEND = TimeUnit.MICROSECONDS.toNanos(250);

    private final EventLoopLoad load;
    private final List<LoadFlow> flows;
    private final SendSchedule schedule;
    private final long end;
    private final List<LoadFlow> ready = new ArrayList<>();
    private long round;
    private int turn;
    private long lastSent;
    /** Repeats without delay. Scheduling a task for each turn would create a hundred megabytes of garbage per second. */
    private @Nullable ScheduledFuture<?> spinning;

    private boolean stopped;

    /** @param flows at least one, by index */
    Pacer(EventLoopLoad load, List<LoadFlow> flows, SendSchedule schedule, Duration duration) {
        this.load = load;
        this.flows = flows;
        this.schedule = schedule;
        this.end = duration.toNanos();
    }

    /** Counts what is due by now, even if the event loop was too slow to send it: otherwise the rate would seem lower. */
    void stop() {
        countDue(load.clock.now());
        stopped = true;
        stopSpinning();
    }

    @Override
    public void run() {
        if (stopped) {
            return;
        }
        long now = load.clock.now();
        countDue(now);
        if (!ready.isEmpty()) {
            ready.forEach(LoadFlow::sendDue);
            ready.clear();
            lastSent = now;
        }
        if (nextDue() >= end) {
            stopSpinning();
        } else {
            continueAfter(sleep(nextDue() - now, now));
        }
    }

    private void countDue(long now) {
        for (long due; (due = nextDue()) <= now && due < end; ) {
            LoadFlow flow = flows.get(turn);
            if (flow.due()) {
                ready.add(flow);
            }
            advance();
        }
    }

    private void continueAfter(long sleep) {
        if (sleep > 0) {
            stopSpinning();
            load.loop.schedule(this, sleep, TimeUnit.NANOSECONDS);
        } else if (spinning == null) {
            spinning = load.loop.scheduleWithFixedDelay(this, 0, 1, TimeUnit.NANOSECONDS);
        }
    }

    private void stopSpinning() {
        if (spinning != null) {
            spinning.cancel(false);
            spinning = null;
        }
    }

    private long sleep(long untilDue, long now) {
        boolean responseExpected = !load.isIdle() && now - lastSent < SPIN_AFTER_SEND;
        return responseExpected ? 0 : Math.max(0, untilDue - SPIN_BEFORE_DUE);
    }

    private long nextDue() {
        return schedule.dueAt(round, flows.get(turn).index);
    }

    private void advance() {
        turn++;
        if (turn == flows.size()) {
            turn = 0;
            round++;
        }
    }
}
