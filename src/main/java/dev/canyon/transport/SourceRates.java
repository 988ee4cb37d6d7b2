package dev.canyon.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for each source: an IPv4 address or an IPv6 network of 64 bits, which is what one host can forge within.
 * Remembers the 65,536 sources seen last, so a flood of forged ones costs bounded memory. Used on one event loop.
 */
final class SourceRates {

    private static final int MAX_SOURCES = 65_536;
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Map<Long, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Bucket> eldest) {
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

    /** Takes one datagram's worth from the source's bucket. @return false if it is empty */
    boolean take(InetAddress source, int perSecond, long nowNanos) {
        Bucket bucket = buckets.computeIfAbsent(key(source), key -> new Bucket(perSecond, nowNanos));
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

    private static long key(InetAddress source) {
        ByteBuffer bytes = ByteBuffer.wrap(source.getAddress());
        return source instanceof Inet4Address ? bytes.getInt() : bytes.getLong();
    }
}
