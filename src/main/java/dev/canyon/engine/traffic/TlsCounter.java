package dev.canyon.engine.traffic;

import dev.canyon.engine.tls.TlsFailure;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts TLS handshakes, under a lock, whose cost is negligible beside a handshake. The counts never decrease. */
public final class TlsCounter {

    private long truncated;
    private final Map<TlsFailure, Long> failed = new EnumMap<>(TlsFailure.class);
    private final Map<String, Long> completed = new TreeMap<>();

    TlsCounter() {
        for (TlsFailure failure : TlsFailure.values()) {
            failed.put(failure, 0L);
        }
    }

    /**
     * A consistent reading.
     *
     * @param completed handshakes by protocol, for example {@code TLSv1.3}; without protocols that were not negotiated
     * @param failed handshakes by cause
     * @param truncated connections that the client ended without close_notify
     */
    public record Reading(Map<String, Long> completed, Map<TlsFailure, Long> failed, long truncated) {

        static final Reading NONE = new TlsCounter().read();

        /** All completed handshakes. */
        public long handshakes() {
            return completed.values().stream().mapToLong(Long::longValue).sum();
        }

        /** All failed handshakes. */
        public long allFailed() {
            return failed.values().stream().mapToLong(Long::longValue).sum();
        }

        Reading plus(Reading other) {
            Map<String, Long> sum = new TreeMap<>(completed);
            other.completed.forEach((protocol, count) -> sum.merge(protocol, count, Long::sum));
            return new Reading(sum, CountMaps.sum(TlsFailure.class, failed, other.failed), truncated + other.truncated);
        }

        Reading since(Reading earlier) {
            Map<String, Long> difference = new TreeMap<>();
            completed.forEach((protocol, count) ->
                    difference.put(protocol, count - earlier.completed.getOrDefault(protocol, 0L)));
            return new Reading(
                    difference,
                    CountMaps.difference(TlsFailure.class, failed, earlier.failed),
                    truncated - earlier.truncated);
        }
    }

    public synchronized Reading read() {
        return new Reading(new TreeMap<>(completed), new EnumMap<>(failed), truncated);
    }

    /** @param protocol by the JDK's name */
    public synchronized void completed(String protocol) {
        completed.merge(protocol, 1L, Long::sum);
    }

    public synchronized void failed(TlsFailure cause) {
        failed.merge(cause, 1L, Long::sum);
    }

    /** The client has ended a connection without close_notify. */
    public synchronized void truncated() {
        truncated++;
    }
}
