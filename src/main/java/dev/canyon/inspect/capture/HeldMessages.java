package dev.canyon.inspect.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue of messages numbered from 1 without gaps, with access by number in constant time. Not thread-safe.
 */
final class HeldMessages {

    private static final int MIN_ARRAY_LENGTH = 16;

    /** The length is a power of two; a message is at its number modulo the length. */
    private @Nullable HeldMessage[] ring = new @Nullable HeldMessage[MIN_ARRAY_LENGTH];

    private long oldest = 1;
    private long next = 1;
    private long bytes;

    int size() {
        return (int) (next - oldest);
    }

    /** Payload bytes held. */
    long bytes() {
        return bytes;
    }

    /** The number of the oldest message, or of the next one if there is none. */
    long oldest() {
        return oldest;
    }

    /** The number of the newest message; 0 before the first. */
    long newest() {
        return next - 1;
    }

    void add(HeldMessage message) {
        if (size() == ring.length) {
            resize(ring.length * 2);
        }
        ring[slot(next)] = message;
        next++;
        bytes += message.head().length;
    }

    /** Uses the next number for a message that cannot be held. Called only while empty. */
    void skip() {
        next++;
        oldest++;
    }

    @Nullable
    HeldMessage peek() {
        return size() == 0 ? null : ring[slot(oldest)];
    }

    void removeOldest() {
        HeldMessage removed = peek();
        if (removed == null) {
            return;
        }
        bytes -= removed.head().length;
        ring[slot(oldest)] = null;
        oldest++;
        if (ring.length > MIN_ARRAY_LENGTH && size() < ring.length / 8) {
            resize(ring.length / 2);
        }
    }

    void clear() {
        ring = new @Nullable HeldMessage[MIN_ARRAY_LENGTH];
        oldest = next;
        bytes = 0;
    }

    /** The messages from a number on, which must not be below the oldest. */
    List<HeldMessage> from(long number, int max) {
        List<HeldMessage> found = new ArrayList<>((int) Math.max(0, Math.min(next - number, max)));
        for (long each = number; each < next && found.size() < max; each++) {
            HeldMessage message = ring[slot(each)];
            if (message != null) {
                found.add(message);
            }
        }
        return found;
    }

    private int slot(long number) {
        return (int) (number & (ring.length - 1));
    }

    private void resize(int length) {
        @Nullable HeldMessage[] before = ring;
        ring = new @Nullable HeldMessage[length];
        for (long each = oldest; each < next; each++) {
            ring[slot(each)] = before[(int) (each & (before.length - 1))];
        }
    }
}
