package dev.canyon.inspect.event;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The most recent events of one listener, and the {@link EventFeed} of those who follow it.
 *
 * <p>When full, the oldest event of the {@linkplain EventCategory category} with most events is evicted. So a category can use the
 * whole capacity while the others do not need it, and is never reduced by them below a third.
 *
 * <p>Guarded by its own monitor, which is held only while references are copied, so event loops may add events.
 */
final class EventHistory {

    private static final EventCategory[] CATEGORIES = EventCategory.values();

    private int capacity;
    /** In ascending order of their ids. At most a few hundred: an insertion or removal moves the others. */
    private final ArrayList<ListenerEvent> held = new ArrayList<>(0);

    private final int[] heldOf = new int[CATEGORIES.length];
    private final EventFeed feed = new EventFeed();
    /** The largest id of an event evicted; no later event of this listener is missing. */
    private long evictedId;

    private boolean ended;

    /**
     * @param baseId ids up to this one were assigned by an earlier start
     * @param capacity maximum number of events held
     */
    EventHistory(long baseId, int capacity) {
        this.evictedId = baseId;
        this.capacity = capacity;
    }

    /** Adds an event with a larger id than all before. */
    synchronized void add(ListenerEvent event) {
        held.add(event);
        heldOf[categoryOf(event)]++;
        evict();
        feed.add(event);
    }

    /** Sets the capacity. */
    synchronized void setCapacity(int changed) {
        capacity = changed;
        evict();
        held.trimToSize();
    }

    private void evict() {
        while (held.size() > capacity) {
            int category = largestCategory();
            int oldest = 0;
            while (categoryOf(held.get(oldest)) != category) {
                oldest++;
            }
            evictedId = Math.max(evictedId, remove(oldest).id());
        }
    }

    private int largestCategory() {
        int largest = 0;
        for (int category = 1; category < heldOf.length; category++) {
            if (heldOf[category] > heldOf[largest]) {
                largest = category;
            }
        }
        return largest;
    }

    private ListenerEvent remove(int index) {
        ListenerEvent removed = held.remove(index);
        heldOf[categoryOf(removed)]--;
        return removed;
    }

    @SuppressWarnings("EnumOrdinal") // not stored
    private static int categoryOf(ListenerEvent event) {
        return event.detail().category().ordinal();
    }

    /**
     * Removes the event that a repeat is about to replace: of the same kind and source. A repeat of an event of the listener
     * itself replaces it only if nothing else has happened to the listener since.
     *
     * @return null if there is none
     */
    synchronized @Nullable ListenerEvent takeContinuedBy(EventDetail repeat, @Nullable InetSocketAddress remote) {
        if (!repeat.repeats()) {
            return null;
        }
        for (int index = held.size() - 1; index >= 0; index--) {
            ListenerEvent event = held.get(index);
            if (event.isContinuedBy(repeat, remote)) {
                return remove(index);
            }
            if (repeat.category() == EventCategory.LIFECYCLE && event.detail().category() == EventCategory.LIFECYCLE) {
                return null;
            }
        }
        return null;
    }

    /** The listener is deleted: no event is added after this. */
    synchronized void end() {
        ended = true;
        feed.end();
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** Follows the listener from the next event on. */
    synchronized EventSubscription follow() {
        return new EventSubscription(feed, feed.follow(), List.of(), false);
    }

    /** Follows the listener from the first event after an id, which must have been assigned already, that is held. */
    synchronized EventSubscription followAfter(long id) {
        List<ListenerEvent> later = List.copyOf(held.subList(indexOf(id + 1), held.size()));
        return new EventSubscription(feed, feed.follow(), later, id < evictedId);
    }

    /** The newest event with a smaller id; null if none is held. */
    synchronized @Nullable ListenerEvent newestBefore(long id) {
        int index = indexOf(id) - 1;
        return index < 0 ? null : held.get(index);
    }

    /** The events with smaller ids, newest first. */
    synchronized List<ListenerEvent> before(long id, int max) {
        List<ListenerEvent> newestFirst = new ArrayList<>();
        for (int index = indexOf(id) - 1; index >= 0 && newestFirst.size() < max; index--) {
            newestFirst.add(held.get(index));
        }
        return newestFirst;
    }

    /** The index of the first event with this id or a larger one; the number of events if there is none. */
    private int indexOf(long id) {
        int low = 0;
        int high = held.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (held.get(middle).id() < id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
