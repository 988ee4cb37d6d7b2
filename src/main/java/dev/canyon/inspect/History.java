package dev.canyon.inspect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last events of one listener, or of all. When it is full the oldest gives way; it takes no more room than it needs.
 * Their ids grow.
 *
 * <p>Each event has a place: how many came before it. Holds its lock only to copy references, so event loops may add.
 */
final class History {

    private static final int SMALLEST = 8;

    private final int capacity;
    private @Nullable ListenerEvent[] ring = new ListenerEvent[0];
    /** The place of the oldest that is held, and of the one to come. */
    private long first;

    private long next;

    /** @param capacity how many it holds at most; a power of two */
    History(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(ListenerEvent event) {
        if (next - first == ring.length) {
            if (ring.length < capacity) {
                grow();
            } else {
                first++;
            }
        }
        ring[slot(next)] = event;
        next++;
    }

    private void grow() {
        @Nullable ListenerEvent[] larger = new ListenerEvent[Math.max(SMALLEST, 2 * ring.length)];
        for (long place = first; place < next; place++) {
            larger[(int) (place & (larger.length - 1))] = ring[slot(place)];
        }
        ring = larger;
    }

    private int slot(long place) {
        return (int) (place & (ring.length - 1));
    }

    /** The newest one whose id is smaller. */
    synchronized @Nullable ListenerEvent newestBefore(long id) {
        long place = placeOf(id) - 1;
        return place < first ? null : ring[slot(place)];
    }

    /** Those with smaller ids, newest first. */
    synchronized List<ListenerEvent> before(long id, int atMost) {
        List<ListenerEvent> newest = new ArrayList<>();
        for (long place = placeOf(id) - 1; place >= first && newest.size() < atMost; place--) {
            newest.add(at(place));
        }
        return newest;
    }

    /** Where the first one with this id or a larger one is, or would be. */
    private long placeOf(long id) {
        long low = first;
        long high = next;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (at(middle).id() < id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private ListenerEvent at(long place) {
        ListenerEvent held = ring[slot(place)];
        if (held == null) {
            throw new IllegalStateException("nothing at " + place + " of " + first + " to " + next);
        }
        return held;
    }
}
