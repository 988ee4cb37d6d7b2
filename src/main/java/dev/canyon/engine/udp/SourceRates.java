package dev.canyon.engine.udp;

import dev.canyon.net.SourceNetwork;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for each {@link SourceNetwork}. Keeps the 65,536 most recent sources, which bounds the memory that a flood of
 * forged sources costs. Used on one event loop.
 */
final class SourceRates {

    private static final int MAX_SOURCES = 65_536;
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Map<SourceNetwork, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SourceNetwork, Bucket> eldest) {
            return size() > MAX_SOURCES;
        }
    };

    private static final class Bucket {
        private double tokens;
        private long filledAt;

        Bucket(double tokens, long filledAt) {
            this.tokens = tokens;
            this.filledAt = filledAt;
        }
    }

    /** Takes one token from the bucket of the source. @return false if it is empty */
    boolean take(InetAddress source, int perSecond, long nowNanos) {
        Bucket bucket = buckets.computeIfAbsent(SourceNetwork.of(source), key -> new Bucket(perSecond, nowNanos));
        double earned = (nowNanos - bucket.filledAt) / NANOS_PER_SECOND * perSecond;
        bucket.tokens = Math.min(perSecond, bucket.tokens + earned);
        bucket.filledAt = nowNanos;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }

    int size() {
        return buckets.size();
    }
}
