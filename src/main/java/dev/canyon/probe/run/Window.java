package dev.canyon.probe.run;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The messages of one flow that are unanswered: when each was due, and when it was sent. Messages are numbered from 0, in the order
 * in which they are sent. Used on one event loop.
 *
 * <p>They stand in a ring. One that stays unanswered while many after it are answered would make the ring long, so it is
 * set aside: memory goes with how many are unanswered, not with how far they are apart.
 */
final class Window {

    /** The message is not, or no longer, waited for. */
    static final long GONE = Long.MIN_VALUE;

    private static final int FIRST_CAPACITY = 8;

    private record Aside(long due, long sent) {}

    private final Map<Integer, Aside> aside = new LinkedHashMap<>();
    private long[] due = new long[FIRST_CAPACITY];
    private long[] sent = new long[FIRST_CAPACITY];
    private int first;
    private int next;
    private int unanswered;

    /** The number of the next message. */
    int next() {
        return next;
    }

    int unanswered() {
        return unanswered;
    }

    /** How many the ring has room for. */
    int capacity() {
        return due.length;
    }

    /** The next message is sent. */
    void add(long dueAt, long sentAt) {
        if (next - first == due.length) {
            makeRoom();
        }
        due[slot(next)] = dueAt;
        sent[slot(next)] = sentAt;
        next++;
        unanswered++;
    }

    /** Ends the wait for a message. @return when it was due, or {@link #GONE} */
    long take(int number) {
        long dueAt;
        if (number < first) {
            Aside straggler = aside.remove(number);
            dueAt = straggler == null ? GONE : straggler.due;
        } else {
            dueAt = due[slot(number)];
            due[slot(number)] = GONE;
            passGone();
        }
        unanswered -= dueAt == GONE ? 0 : 1;
        return dueAt;
    }

    /** Ends the wait for all that were sent no later than this. @return how many they are */
    int giveUp(long sentAt) {
        int before = unanswered;
        Iterator<Aside> stragglers = aside.values().iterator();
        while (stragglers.hasNext() && stragglers.next().sent <= sentAt) {
            stragglers.remove();
            unanswered--;
        }
        for (int number = first; number < next && sent[slot(number)] <= sentAt; number++) {
            unanswered -= due[slot(number)] == GONE ? 0 : 1;
            due[slot(number)] = GONE;
        }
        passGone();
        return before - unanswered;
    }

    private void passGone() {
        while (first < next && due[slot(first)] == GONE) {
            first++;
        }
    }

    private void makeRoom() {
        if (unanswered - aside.size() > due.length / 4) {
            grow();
            return;
        }
        int half = first + due.length / 2;
        for (; first < half; first++) {
            if (due[slot(first)] != GONE) {
                aside.put(first, new Aside(due[slot(first)], sent[slot(first)]));
            }
        }
        passGone();
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
