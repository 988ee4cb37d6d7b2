package dev.canyon.inspect.event;

import dev.canyon.engine.peer.Peer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Connections accepted less than a second ago, any of which may turn out to be a probe. A connection is reported as accepted once
 * it is known not to be one: after a second, or when it is closed for another reason. So a probe causes no event of its own, and
 * readers of events see each connection accepted before it is closed.
 *
 * <p>May be used from any thread. The monitor is held while a connection is reported, so that whoever reports its close comes
 * later.
 */
final class PendingAccepts {

    private static final Duration DELAY = Duration.ofSeconds(1);
    /** Connections that become due within this time are reported together. */
    private static final Duration MIN_INTERVAL = Duration.ofMillis(100);

    private final EventThrottle.Scheduler scheduler;
    private final LongSupplier nanoTime;
    private final Consumer<Peer> report;
    /** By connection, in the order in which they were accepted. */
    private final Map<Long, Pending> pending = new LinkedHashMap<>();

    private boolean scheduled;

    private record Pending(Peer connection, long dueNanos) {}

    PendingAccepts(EventThrottle.Scheduler scheduler, LongSupplier nanoTime, Consumer<Peer> report) {
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.report = report;
    }

    synchronized void add(Peer connection) {
        pending.put(connection.id(), new Pending(connection, nanoTime.getAsLong() + DELAY.toNanos()));
        if (!scheduled) {
            scheduled = true;
            scheduler.schedule(DELAY, this::reportDue);
        }
    }

    /** Forgets a connection, unless it has been reported. @return whether it has not */
    synchronized boolean discard(long connection) {
        return pending.remove(connection) != null;
    }

    /** Reports a connection, unless it has been reported. */
    synchronized void report(long connection) {
        Pending accepted = pending.remove(connection);
        if (accepted != null) {
            report.accept(accepted.connection);
        }
    }

    private synchronized void reportDue() {
        long now = nanoTime.getAsLong();
        Iterator<Pending> oldestFirst = pending.values().iterator();
        while (oldestFirst.hasNext()) {
            Pending oldest = oldestFirst.next();
            if (oldest.dueNanos - now > 0) {
                scheduler.schedule(atLeastMinInterval(Duration.ofNanos(oldest.dueNanos - now)), this::reportDue);
                return;
            }
            oldestFirst.remove();
            report.accept(oldest.connection);
        }
        scheduled = false;
    }

    private static Duration atLeastMinInterval(Duration delay) {
        return delay.compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : delay;
    }
}
