package dev.canyon.inspect.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Assigns the ids of all events and holds the most recent {@value #CAPACITY} of all listeners, for readers that follow all of
 * them. The position of an event is its id.
 *
 * <p>Lock-free: a thread takes an id and then stores its event in the slot of that id. A reader stops at the first id whose
 * event is not stored yet, so it receives events in the order of their ids and misses none that is stored late.
 */
final class EventRing implements EventBuffer {

    /** A power of two. */
    static final int CAPACITY = 16_384;

    private final AtomicReferenceArray<@Nullable ListenerEvent> slots = new AtomicReferenceArray<>(CAPACITY);
    private final long baseId;
    private final AtomicLong newestId;

    /** @param baseId the first id assigned is the next one */
    EventRing(long baseId) {
        this.baseId = baseId;
        this.newestId = new AtomicLong(baseId);
    }

    /** Assigns an id. Its event must be passed to {@link #add}: readers wait for it. */
    long nextId() {
        return newestId.incrementAndGet();
    }

    /** The id assigned last; its event may not be stored yet. */
    long newestId() {
        return newestId.get();
    }

    void add(ListenerEvent event) {
        // A thread suspended for a whole round of the ring must not replace a newer event.
        slots.accumulateAndGet(slot(event.id()), event, EventRing::newer);
    }

    private static @Nullable ListenerEvent newer(@Nullable ListenerEvent held, @Nullable ListenerEvent added) {
        return held == null || added == null || held.id() < added.id() ? added : held;
    }

    private static int slot(long id) {
        return (int) (id & (CAPACITY - 1));
    }

    /** @return the position after the newest event */
    long follow() {
        return newestId.get() + 1;
    }

    /** @return the position after the event with this id, or of the oldest event that is held from before it */
    long followAfter(long id) {
        return Math.max(id, baseId) + 1;
    }

    /** Whether the id was assigned by an earlier start: what came between is unknown. */
    boolean precedes(long id) {
        return id < baseId;
    }

    @Override
    public boolean reaches(long position) {
        ListenerEvent held = slots.get(slot(position));
        return held != null && held.id() >= position;
    }

    @Override
    public Slice read(long position, int max) {
        long first = Math.max(position, newestId.get() - CAPACITY + 1);
        List<ListenerEvent> events = readFrom(first, max);
        // Overwritten between the two reads: continue at what is the oldest by now.
        while (events.isEmpty() && isOverwritten(first)) {
            first = newestId.get() - CAPACITY + 1;
            events = readFrom(first, max);
        }
        return new Slice(first - position, events);
    }

    private List<ListenerEvent> readFrom(long first, int max) {
        List<ListenerEvent> events = new ArrayList<>();
        ListenerEvent held = slots.get(slot(first));
        while (held != null && held.id() == first + events.size() && events.size() < max) {
            events.add(held);
            held = slots.get(slot(first + events.size()));
        }
        return events;
    }

    private boolean isOverwritten(long position) {
        ListenerEvent held = slots.get(slot(position));
        return held != null && held.id() > position;
    }

    @Override
    public boolean isEnded() {
        return false;
    }

    @Override
    public void unfollow() {
        // The capacity does not depend on the number of readers.
    }
}
