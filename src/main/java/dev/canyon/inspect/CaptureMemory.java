package dev.canyon.inspect;

import java.util.concurrent.atomic.AtomicLong;

/** What all captures together may hold, so that many of them cannot use up the heap. */
final class CaptureMemory {

    /** Bytes. */
    static final long DEFAULT_LIMIT = 64L * 1024 * 1024;

    /** What a message costs beside its payload: the objects around it, its place, the end of a connection. */
    private static final long BESIDE_PAYLOAD = 256;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    CaptureMemory(long limit) {
        this.limit = limit;
    }

    /** @return false if there is no room for it: then nothing is taken */
    boolean takeFor(HeldMessage message) {
        long cost = cost(1, message.head().length);
        if (used.addAndGet(cost) <= limit) {
            return true;
        }
        used.addAndGet(-cost);
        return false;
    }

    /** @param bytes of their payloads */
    void giveBack(int messages, long bytes) {
        used.addAndGet(-cost(messages, bytes));
    }

    /**
     * What each of so many captures may go on holding: all there is while there is enough, an equal share when it runs short,
     * so that one that is full and idle does not leave the others with nothing.
     */
    long share(int captures) {
        boolean runsShort = used.get() > limit / 8 * 7;
        return captures > 1 && runsShort ? limit / 4 * 3 / captures : limit;
    }

    long used() {
        return used.get();
    }

    static long cost(int messages, long bytes) {
        return messages * BESIDE_PAYLOAD + bytes;
    }
}
