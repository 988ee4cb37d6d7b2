package dev.canyon.inspect.event;

import dev.canyon.listener.directory.ListenerObserver;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The events of all listeners and their sockets. The last {@value #CAPACITY_PER_LISTENER} events of each listener are held
 * until it is deleted, so a busy listener evicts only its own, and of those
 * each {@linkplain EventCategory category} only its own. In total, {@value #TOTAL_CAPACITY} are held: with more
 * listeners than that allows for, each gets an equal share, and at least {@value #MIN_CAPACITY_PER_LISTENER}.
 *
 * <p>Events are recorded on event loops and other threads. Listeners share no lock: an event takes the lock of its own
 * listener's history, and an id from a counter while it holds that lock. So ids grow within a history, and whoever reads the
 * counter and then takes the locks of the histories has seen every event up to the id read. Reading is possible from any
 * thread.
 */
public final class EventLog implements ListenerObserver.Factory {

    static final int CAPACITY_PER_LISTENER = 256;
    /** An event with its addresses takes about 200 bytes: 50 MB. */
    static final int TOTAL_CAPACITY = 262_144;

    static final int MIN_CAPACITY_PER_LISTENER = 16;

    /** Ids start at the time of the start, and grow more slowly than time does: no id is assigned twice. */
    private static final long IDS_PER_MILLISECOND = 1_000;

    private final Map<String, EventRecorder> recorders = new ConcurrentHashMap<>();
    private final Clock clock;
    private final EventThrottle.Scheduler scheduler;
    private final List<Runnable> callbacks = new CopyOnWriteArrayList<>();
    private final long baseId;
    /** For subscriptions to all listeners; {@link #before(long, int)} reads the histories instead. */
    private final EventRing ring;

    private final Object capacityLock = new Object();
    private int capacityPerListener = CAPACITY_PER_LISTENER;

    public EventLog(Clock clock, EventThrottle.Scheduler scheduler) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.baseId = clock.millis() * IDS_PER_MILLISECOND;
        this.ring = new EventRing(baseId);
    }

    @Override
    public ListenerObserver observe(String name) {
        EventHistory history = new EventHistory(baseId, CAPACITY_PER_LISTENER);
        return new EventRecorder(name, this, history, scheduler);
    }

    void open(EventRecorder recorder) {
        synchronized (capacityLock) {
            recorders.put(recorder.listener(), recorder);
            recorder.history().setCapacity(capacityPerListener);
            adjustCapacity();
        }
    }

    void close(EventRecorder recorder) {
        recorder.history().end();
        synchronized (capacityLock) {
            recorders.remove(recorder.listener(), recorder);
            adjustCapacity();
        }
        callbacks.forEach(Runnable::run);
    }

    private void adjustCapacity() {
        int share = TOTAL_CAPACITY / Math.max(1, recorders.size());
        int changed = Math.max(MIN_CAPACITY_PER_LISTENER, Math.min(CAPACITY_PER_LISTENER, share));
        if (changed != capacityPerListener) {
            capacityPerListener = changed;
            recorders.values().forEach(recorder -> recorder.history().setCapacity(changed));
        }
    }

    void add(EventRecorder recorder, @Nullable InetSocketAddress remote, EventDetail detail, long count) {
        add(recorder, clock.instant(), remote, detail, count);
    }

    /** @param at when it happened, or has happened for the last time */
    void add(EventRecorder recorder, Instant at, @Nullable InetSocketAddress remote, EventDetail detail, long count) {
        EventHistory history = recorder.history();
        ListenerEvent event;
        synchronized (history) {
            if (history.isEnded()) {
                return;
            }
            ListenerEvent continued = history.takeContinuedBy(detail, remote);
            long id = ring.nextId();
            event = continued == null
                    ? ListenerEvent.first(id, recorder.listener(), at, detail, remote, count)
                    : continued.repeated(id, at, detail, remote, count);
            history.add(event);
        }
        ring.add(event);
        callbacks.forEach(Runnable::run);
    }

    /** Records an event of a listener itself; does nothing if there is no such listener. */
    public void record(String listener, EventDetail detail) {
        EventRecorder recorder = recorders.get(listener);
        if (recorder != null) {
            add(recorder, null, detail, 1);
        }
    }

    /** Registers a callback that runs after each event, also on event loops: it must return immediately and throw nothing. */
    public void onEvent(Runnable callback) {
        callbacks.add(callback);
    }

    /** Follows all listeners from now on. */
    public EventSubscription follow() {
        return new EventSubscription(ring, ring.follow(), List.of(), false);
    }

    /**
     * Follows all listeners from the event after an id.
     *
     * @param lastId the last event that the reader has received; later events that are still held come first
     */
    public EventSubscription followAfter(long lastId) {
        long known = assignedOrZero(lastId);
        return new EventSubscription(ring, ring.followAfter(known), List.of(), ring.precedes(known));
    }

    /** Follows a listener from now on. @return empty if there is no such listener */
    public Optional<EventSubscription> follow(String listener) {
        return history(listener).map(EventHistory::follow);
    }

    /** Follows a listener from the event after an id, as {@link #followAfter(long)} does. */
    public Optional<EventSubscription> followAfter(long lastId, String listener) {
        long known = assignedOrZero(lastId);
        return history(listener).map(history -> history.followAfter(known));
    }

    /** An id not assigned yet comes from another instance, or from a time when the clock was wrong. */
    private long assignedOrZero(long id) {
        return id > ring.newestId() ? 0 : id;
    }

    private Optional<EventHistory> history(String listener) {
        return Optional.ofNullable(recorders.get(listener)).map(EventRecorder::history);
    }

    /**
     * The events of a listener, newest first.
     *
     * @param beforeId only events with smaller ids
     * @return empty if there is no such listener
     */
    public Optional<List<ListenerEvent>> before(long beforeId, int max, String listener) {
        return history(listener).map(history -> history.before(beforeId, max));
    }

    /**
     * The events of all listeners, newest first. Reads one event of each listener, and then only as many as are returned.
     * No event older than the newest one returned is recorded later, so {@link #followAfter(long)} continues without a loss.
     *
     * @param beforeId only events with smaller ids
     */
    public List<ListenerEvent> before(long beforeId, int max) {
        // Read before the histories: see the class comment.
        long bound = Math.min(beforeId, ring.newestId() + 1);
        PriorityQueue<Head> heads = new PriorityQueue<>(
                Comparator.comparingLong((Head head) -> head.newest.id()).reversed());
        recorders
                .values()
                .forEach(recorder -> Head.of(recorder.history(), bound).ifPresent(heads::add));
        List<ListenerEvent> newestFirst = new ArrayList<>();
        while (newestFirst.size() < max && !heads.isEmpty()) {
            Head head = heads.remove();
            newestFirst.add(head.newest);
            Head.of(head.history, head.newest.id()).ifPresent(heads::add);
        }
        return newestFirst;
    }

    /** The part of a history that is not merged yet. */
    private record Head(EventHistory history, ListenerEvent newest) {

        static Optional<Head> of(EventHistory history, long beforeId) {
            return Optional.ofNullable(history.newestBefore(beforeId)).map(newest -> new Head(history, newest));
        }
    }
}
