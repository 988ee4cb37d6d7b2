package dev.canyon.inspect.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one listener for those who follow it, so that they survive a burst. Holds nothing while nobody does. When full,
 * the oldest event is evicted; the array grows with the number of events held.
 *
 * <p>Guarded by its own monitor, which is held only while references are copied.
 */
final class EventFeed implements EventBuffer {

    /** A power of two. */
    static final int CAPACITY = 4_096;

    private static final int MIN_ARRAY_LENGTH = 8;

    /** The length is a power of two; the event at a position is at its lower bits. */
    private @Nullable ListenerEvent[] ring = new ListenerEvent[0];
    /** The position of the oldest event held. */
    private long first;
    /** The position of the next event. */
    private volatile long next;

    private int followers;
    private volatile boolean ended;

    synchronized void add(ListenerEvent event) {
        if (followers == 0) {
            return;
        }
        if (next - first == CAPACITY) {
            first++;
        } else if (next - first == ring.length) {
            grow();
        }
        ring[slot(next)] = event;
        next++;
    }

    private void grow() {
        @Nullable ListenerEvent[] larger = new ListenerEvent[Math.max(MIN_ARRAY_LENGTH, 2 * ring.length)];
        for (long position = first; position < next; position++) {
            larger[(int) (position & (larger.length - 1))] = ring[slot(position)];
        }
        ring = larger;
    }

    private int slot(long position) {
        return (int) (position & (ring.length - 1));
    }

    /** No event is added after this. */
    void end() {
        ended = true;
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    /** Begins a subscription. @return the position of the next event */
    synchronized long follow() {
        followers++;
        return next;
    }

    @Override
    public synchronized void unfollow() {
        followers--;
        if (followers == 0) {
            ring = new ListenerEvent[0];
            first = next;
        }
    }

    @Override
    public boolean reaches(long position) {
        return position < next;
    }

    @Override
    public synchronized Slice read(long position, int max) {
        long from = Math.max(position, first);
        List<ListenerEvent> events = new ArrayList<>();
        while (from + events.size() < next && events.size() < max) {
            events.add(at(from + events.size()));
        }
        return new Slice(from - position, events);
    }

    private ListenerEvent at(long position) {
        ListenerEvent held = ring[slot(position)];
        if (held == null) {
            throw new IllegalStateException(
                    "no event at position " + position + " (held: " + first + " to " + next + ")");
        }
        return held;
    }
}
