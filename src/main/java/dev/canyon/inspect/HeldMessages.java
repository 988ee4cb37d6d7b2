package dev.canyon.inspect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose members are numbered without a gap as they come, from 1, and found by their numbers at once. Not safe for
 * several threads.
 */
final class HeldMessages {

    private static final int SMALLEST = 16;

    /** A ring: a member stands at its number modulo the length, which is a power of two. */
    private @Nullable HeldMessage[] ring = new @Nullable HeldMessage[SMALLEST];

    private long oldest = 1;
    private long next = 1;
    private long bytes;

    int size() {
        return (int) (next - oldest);
    }

    /** What is held of their payloads. */
    long bytes() {
        return bytes;
    }

    /** The number of the oldest, or of the next to come if there is none. */
    long oldest() {
        return oldest;
    }

    /** The number of the one that came last, 0 before the first. */
    long newest() {
        return next - 1;
    }

    void add(HeldMessage message) {
        if (size() == ring.length) {
            resize(ring.length * 2);
        }
        ring[at(next)] = message;
        next++;
        bytes += message.head().length;
    }

    /** One comes that cannot be held: only its number is used. Nothing else is held. */
    void pass() {
        next++;
        oldest++;
    }

    @Nullable
    HeldMessage peek() {
        return size() == 0 ? null : ring[at(oldest)];
    }

    void removeOldest() {
        HeldMessage removed = peek();
        if (removed == null) {
            return;
        }
        bytes -= removed.head().length;
        ring[at(oldest)] = null;
        oldest++;
        if (ring.length > SMALLEST && size() < ring.length / 8) {
            resize(ring.length / 2);
        }
    }

    void clear() {
        ring = new @Nullable HeldMessage[SMALLEST];
        oldest = next;
        bytes = 0;
    }

    /** From this number on, which is none before the oldest. */
    List<HeldMessage> from(long number, int atMost) {
        List<HeldMessage> found = new ArrayList<>((int) Math.max(0, Math.min(next - number, atMost)));
        for (long each = number; each < next && found.size() < atMost; each++) {
            HeldMessage message = ring[at(each)];
            if (message != null) {
                found.add(message);
            }
        }
        return found;
    }

    private int at(long number) {
        return (int) (number & (ring.length - 1));
    }

    private void resize(int length) {
        @Nullable HeldMessage[] before = ring;
        ring = new @Nullable HeldMessage[length];
        for (long each = oldest; each < next; each++) {
            ring[at(each)] = before[(int) (each & (before.length - 1))];
        }
    }
}
