package dev.canyon.inspect.capture;

import dev.canyon.engine.traffic.ByteBudget;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory limit shared by all captures: 64 MiB, and at most half of what may wait in the process, so that captures leave room
 * for replies.
 */
public final class CaptureMemory {

    private static final long MAX_LIMIT = 64L * 1024 * 1024;

    /** Bytes per message besides its payload: objects, array slot, ids of faults, and a close. */
    private static final long OVERHEAD = 256;

    private final long limit;
    private final ByteBudget budget;
    private final AtomicLong used = new AtomicLong();

    /** @param budget what is captured counts towards it */
    public CaptureMemory(ByteBudget budget) {
        this(Math.min(MAX_LIMIT, budget.limit() / 2), budget);
    }

    CaptureMemory(long limit, ByteBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /** @return false if the limit would be exceeded; nothing is reserved then */
    boolean reserve(HeldMessage message) {
        long cost = cost(1, message.head().length);
        if (used.addAndGet(cost) <= limit && budget.tryHold(cost)) {
            return true;
        }
        used.addAndGet(-cost);
        return false;
    }

    /** Whether memory is short for other reasons than captures. */
    boolean isExhausted() {
        return budget.isExceeded();
    }

    /** @param bytes of payload */
    void release(int messages, long bytes) {
        long cost = cost(messages, bytes);
        used.addAndGet(-cost);
        budget.release(cost);
    }

    /**
     * The bytes that each capture may keep: the whole limit while memory is available, an equal share once it runs short, so that
     * an idle capture does not starve the others.
     */
    long share(int captures) {
        boolean scarce = used.get() > limit / 8 * 7;
        return captures > 1 && scarce ? limit / 4 * 3 / captures : limit;
    }

    long used() {
        return used.get();
    }

    static long cost(int messages, long bytes) {
        return messages * OVERHEAD + bytes;
    }
}
