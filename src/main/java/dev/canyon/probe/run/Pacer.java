package dev.canyon.probe.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has messages sent when they are due.
 *
 * <p>To sleep until a message is due, or until an answer wakes us, takes the kernel some fifty microseconds longer than asked
 * for, which would be measured as latency. So the loop goes round without sleeping when a message is due soon, and for a short while
 * after one was sent; a run at a low rate sleeps nearly all the time.
 */
final class Pacer implements Runnable {

    private static final long SOON = TimeUnit.MICROSECONDS.toNanos(150);
    private static final long ANSWERED_SOON = TimeUnit.MICROSECONDS.toNanos(250);

    private final Lane lane;
    private final List<Flow> flows;
    private final Schedule schedule;
    private final long end;
    private final List<Flow> touched = new ArrayList<>();
    private long round;
    private int turn;
    private long lastSent;
    /** One task that goes round again and again: a new one each time would be a hundred megabytes of garbage a second. */
    private @Nullable ScheduledFuture<?> rounds;

    private boolean stopped;

    /** @param flows one at least, by index */
    Pacer(Lane lane, List<Flow> flows, Schedule schedule, Duration duration) {
        this.lane = lane;
        this.flows = flows;
        this.schedule = schedule;
        this.end = duration.toNanos();
    }

    /** What is due by now counts as due, also if the loop did not come round to it: that is not to look like a lower rate. */
    void stop() {
        countDue(lane.clock.now());
        stopped = true;
        rest();
    }

    @Override
    public void run() {
        if (stopped) {
            return;
        }
        long now = lane.clock.now();
        countDue(now);
        if (!touched.isEmpty()) {
            touched.forEach(Flow::sendDue);
            touched.clear();
            lastSent = now;
        }
        if (nextDue() >= end) {
            rest();
        } else {
            goOnAfter(sleep(nextDue() - now, now));
        }
    }

    private void countDue(long now) {
        for (long due; (due = nextDue()) <= now && due < end; ) {
            Flow flow = flows.get(turn);
            if (flow.due()) {
                touched.add(flow);
            }
            moveOn();
        }
    }

    private void goOnAfter(long sleep) {
        if (sleep > 0) {
            rest();
            lane.loop.schedule(this, sleep, TimeUnit.NANOSECONDS);
        } else if (rounds == null) {
            rounds = lane.loop.scheduleWithFixedDelay(this, 0, 1, TimeUnit.NANOSECONDS);
        }
    }

    private void rest() {
        if (rounds != null) {
            rounds.cancel(false);
            rounds = null;
        }
    }

    private long sleep(long untilDue, long now) {
        boolean answerIsNear = !lane.isAnswered() && now - lastSent < ANSWERED_SOON;
        return answerIsNear ? 0 : Math.max(0, untilDue - SOON);
    }

    private long nextDue() {
        return schedule.dueAt(round, flows.get(turn).index);
    }

    private void moveOn() {
        turn++;
        if (turn == flows.size()) {
            turn = 0;
            round++;
        }
    }
}
