package dev.canyon.engine.fault;

import java.util.concurrent.TimeUnit;

/** Grants bytes at a rate, with a burst that accumulates while none are wanted. Starts full. Used on one event loop. */
public final class TokenBucket {

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final double bytesPerSecond;
    private final double burst;
    private double tokens;
    private long filledAt;

    /**
     * @param bytesPerSecond 1 or more
     * @param burst bytes, 1 or more
     */
    public TokenBucket(long bytesPerSecond, long burst, long nowNanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.burst = burst;
        this.tokens = burst;
        this.filledAt = nowNanos;
    }

    /** Takes up to this many bytes. @return how many were granted */
    public int take(int bytes, long nowNanos) {
        fill(nowNanos);
        return grant(bytes);
    }

    /**
     * Takes up to this many bytes, of which some have been wanted ever since the last call. What the rate has allowed meanwhile is
     * no burst and not limited to it, so that a late timer does not lower the rate.
     *
     * @return how many were granted
     */
    public int takeWhileBusy(int bytes, long nowNanos) {
        tokens += (nowNanos - filledAt) / NANOS_PER_SECOND * bytesPerSecond;
        filledAt = nowNanos;
        return grant(bytes);
    }

    private int grant(int bytes) {
        int granted = (int) Math.min(bytes, Math.floor(tokens));
        tokens -= granted;
        return granted;
    }

    /**
     * Takes all bytes, going into debt for what is not available yet.
     *
     * @return nanoseconds until the debt is paid; 0 if there was enough
     */
    public long takeInAdvance(int bytes, long nowNanos) {
        fill(nowNanos);
        tokens -= bytes;
        return nanosUntil(0);
    }

    /** Nanoseconds until this many bytes can be taken. */
    public long nanosUntil(long bytes) {
        return tokens >= bytes ? 0 : (long) Math.ceil((bytes - tokens) / bytesPerSecond * NANOS_PER_SECOND);
    }

    private void fill(long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - filledAt) / NANOS_PER_SECOND * bytesPerSecond);
        filledAt = nowNanos;
    }
}
