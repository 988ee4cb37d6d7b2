package dev.canyon.junit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** The last events of a listener as text, for the output of a failed test. Equal events in a row are one line. Not thread-safe. */
final class RecentEvents {

    private static final int CAPACITY = 50;

    private final Deque<Event> last = new ArrayDeque<>();
    private long startedAt = System.nanoTime();
    private long evicted;

    private record Event(long nanos, String text, int times) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%+9.3f s  %s%s", nanos / 1e9, text, times > 1 ? " (" + times + " times)" : "");
        }
    }

    void clear() {
        last.clear();
        evicted = 0;
        startedAt = System.nanoTime();
    }

    void add(String text) {
        long now = System.nanoTime() - startedAt;
        Event newest = last.peekLast();
        if (newest != null && newest.text.equals(text)) {
            last.removeLast();
            last.add(new Event(now, text, newest.times + 1));
            return;
        }
        if (last.size() == CAPACITY) {
            last.removeFirst();
            evicted++;
        }
        last.add(new Event(now, text, 1));
    }

    /** Each event on a line of its own, with the time since the test began. */
    @Override
    public String toString() {
        if (last.isEmpty()) {
            return "  no events in "
                    + Duration.ofNanos(System.nanoTime() - startedAt).toMillis() + " ms\n";
        }
        StringBuilder text = new StringBuilder();
        if (evicted > 0) {
            text.append("  ").append(evicted).append(" earlier events\n");
        }
        last.forEach(event -> text.append("  ").append(event).append('\n'));
        return text.toString();
    }
}
