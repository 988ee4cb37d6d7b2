package dev.canyon.probe.load;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The unanswered messages of one flow: when each was due, and when it was sent. Messages are numbered from 0 in the order of sending. Confined
 * to one event loop.
 *
 * <p>They are kept in a ring buffer. A message that stays unanswered while many later ones are answered moves to a map, so that memory
 * depends on the number of unanswered messages, not on the distance between them.
 */
final class InFlightWindow {

    /** The message is not, or no longer, in flight. */
    static final long NONE = Long.MIN_VALUE;

    private static final int INITIAL_CAPACITY = 8;

    private record Overflow(long due, long sent) {}

    private final Map<Integer, Overflow> overflow = new LinkedHashMap<>();
    private long[] due = new long[INITIAL_CAPACITY];
    private long[] sent = new long[INITIAL_CAPACITY];
    private int first;
    private int next;
    private int unanswered;

    /** Returns the number of the next message. */
    int next() {
        return next;
    }

    int unanswered() {
        return unanswered;
    }

    /** Returns the capacity of the ring buffer. */
    int capacity() {
        return due.length;
    }

    /** Adds the next message. */
    void add(long dueAt, long sentAt) {
        if (next - first == due.length) {
            makeRoom();
        }
        due[slot(next)] = dueAt;
        sent[slot(next)] = sentAt;
        next++;
        unanswered++;
    }

    /** Removes a message. @return when it was due, or {@link #NONE} */
    long take(int number) {
        long dueAt;
        if (number < first) {
            Overflow message = overflow.remove(number);
            dueAt = message == null ? NONE : message.due;
        } else {
            dueAt = due[slot(number)];
            due[slot(number)] = NONE;
            skipRemoved();
        }
        unanswered -= dueAt == NONE ? 0 : 1;
        return dueAt;
    }

    /** Removes all messages sent at or before the given time. @return their number */
    int expire(long sentAt) {
        int before = unanswered;
        Iterator<Overflow> oldest = overflow.values().iterator();
        while (oldest.hasNext() && oldest.next().sent <= sentAt) {
            oldest.remove();
            unanswered--;
        }
        for (int number = first; number < next && sent[slot(number)] <= sentAt; number++) {
            unanswered -= due[slot(number)] == NONE ? 0 : 1;
            due[slot(number)] = NONE;
        }
        skipRemoved();
        return before - unanswered;
    }

    private void skipRemoved() {
        while (first < next && due[slot(first)] == NONE) {
            first++;
        }
    }

    private void makeRoom() {
        if (unanswered - overflow.size() > due.length / 4) {
            grow();
            return;
        }
        int half = first + due.length / 2;
        for (; first < half; first++) {
            if (due[slot(first)] != NONE) {
                overflow.put(first, new Overflow(due[slot(first)], sent[slot(first)]));
            }
        }
        skipRemoved();
    }

    private void grow() {
        long[] oldDue = due;
        long[] oldSent = sent;
        due = new long[oldDue.length * 2];
        sent = new long[oldSent.length * 2];
        for (int number = first; number < next; number++) {
            due[slot(number)] = oldDue[number & (oldDue.length - 1)];
            sent[slot(number)] = oldSent[number & (oldSent.length - 1)];
        }
    }

    private int slot(int number) {
        return number & (due.length - 1);
    }
}
