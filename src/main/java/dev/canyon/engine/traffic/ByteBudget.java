package dev.canyon.engine.traffic;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the bytes that wait in the memory of the process: replies that peers do not read, what faults hold back, and captured
 * messages.
 *
 * <p>Connections that hold nothing are always read. Once seven eighths are in use, a connection that holds more than an equal
 * share of the limit is not read; once the limit is exceeded, no connection that holds anything is read, and new connections are
 * rejected. The same applies while the memory of the container is {@linkplain #setScarce scarce}, because the kernel's buffers
 * count towards its limit as well.
 *
 * <p>May be used from any thread. Only connections that hold bytes update it, so a peer that keeps up costs nothing.
 */
public final class ByteBudget {

    private final long limit;
    private final AtomicLong held = new AtomicLong();
    private final AtomicInteger holders = new AtomicInteger();
    private volatile boolean scarce;

    /** @param limit bytes, 1 or more */
    public ByteBudget(long limit) {
        this.limit = limit;
    }

    /**
     * A connection holds more or fewer bytes than before.
     *
     * @param before what the connection reported last, 0 at first
     * @param now 0 or more
     */
    public void change(long before, long now) {
        held.addAndGet(now - before);
        if (before == 0 && now > 0) {
            holders.incrementAndGet();
        } else if (before > 0 && now == 0) {
            holders.decrementAndGet();
        }
    }

    /**
     * Whether a connection may read, and so hold more.
     *
     * @param holds bytes that the connection has reported
     */
    public boolean mayRead(long holds) {
        if (holds == 0) {
            return true;
        }
        return !isExceeded() && (!isNearlyUsed() || holds <= limit / Math.max(1, holders.get()));
    }

    /**
     * Holds bytes only if they fit.
     *
     * @param bytes 0 or more; to be given back with {@link #release}
     * @return false if the budget would be exceeded; nothing is then held
     */
    public boolean tryHold(long bytes) {
        long before;
        do {
            before = held.get();
            if (scarce || bytes > limit - before) {
                return false;
            }
        } while (!held.compareAndSet(before, before + bytes));
        return true;
    }

    /** @param bytes bytes that were held before: the opposite of {@link #tryHold} */
    public void release(long bytes) {
        held.addAndGet(-bytes);
    }

    private boolean isNearlyUsed() {
        return held.get() > limit - limit / 8;
    }

    public boolean isExceeded() {
        return scarce || held.get() > limit;
    }

    /** @param scarce whether the memory of the container is nearly used up, for whatever reason */
    void setScarce(boolean scarce) {
        this.scarce = scarce;
    }

    /** Bytes currently held. */
    public long held() {
        return held.get();
    }

    public long limit() {
        return limit;
    }
}
