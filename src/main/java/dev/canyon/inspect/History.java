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

    private int usual;
    private final int whileFollowed;
    private @Nullable ListenerEvent[] ring = new ListenerEvent[0];
    /** The place of the oldest that is held. */
    private long first;
    /** The place of the one to come. */
    private volatile long next;
    /** No event after this id is lost, but for those that were never ours. */
    private long forgottenId;

    private int followers;
    private volatile boolean ended;

    /**
     * @param beginId what is older than this id was before it
     * @param usual how many it holds at most
     * @param whileFollowed the same while somebody follows, so that a burst does not overtake him; not less
     */
    History(long beginId, int usual, int whileFollowed) {
        this.forgottenId = beginId;
        this.usual = usual;
        this.whileFollowed = whileFollowed;
    }

    synchronized void add(ListenerEvent event) {
        forgetUntil(most() - 1);
        if (next - first == ring.length) {
            resize(Math.max(SMALLEST, 2 * ring.length));
        }
        ring[slot(next)] = event;
        next++;
    }

    private int most() {
        return followers > 0 ? whileFollowed : usual;
    }

    /** Until no more than so many are left. */
    private void forgetUntil(int left) {
        while (next - first > left) {
            forgottenId = at(first).id();
            ring[slot(first)] = null;
            first++;
        }
    }

    /** From now on it holds no more than so many, but for those who follow. */
    synchronized void holdAtMost(int changed) {
        usual = changed;
        shrink();
    }

    private void shrink() {
        if (next - first > most()) {
            forgetUntil(most());
            resize(Math.max(SMALLEST, 2 * Integer.highestOneBit(most() - 1)));
        }
    }

    private void resize(int length) {
        @Nullable ListenerEvent[] resized = new ListenerEvent[length];
        for (long place = first; place < next; place++) {
            resized[(int) (place & (length - 1))] = ring[slot(place)];
        }
        ring = resized;
    }

    private int slot(long place) {
        return (int) (place & (ring.length - 1));
    }

    /** There will be no more: the listener is deleted. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** Follows from now on. @return the place of the next event */
    synchronized long follow() {
        followers++;
        return next;
    }

    /** Follows from the first event after an id. @return its place, or that of the next event */
    synchronized long followAfter(long id) {
        followers++;
        return placeOf(id + 1);
    }

    synchronized void unfollow() {
        followers--;
        shrink();
    }

    /** Whether an event after this id, which was given out before, is held no more. */
    synchronized boolean hasForgottenAfter(long id) {
        return id < forgottenId;
    }

    boolean reaches(long place) {
        return place < next;
    }

    /** How many of those from a place on are held no more. */
    synchronized long lostFrom(long place) {
        return Math.max(0, first - place);
    }

    /** From a place on, or from the first one behind it that is held, oldest first. */
    synchronized List<ListenerEvent> from(long place, int atMost) {
        List<ListenerEvent> events = new ArrayList<>();
        for (long each = Math.max(place, first); each < next && events.size() < atMost; each++) {
            events.add(at(each));
        }
        return events;
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
