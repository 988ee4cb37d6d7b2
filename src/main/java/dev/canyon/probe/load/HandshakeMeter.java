package dev.canyon.probe.load;

import dev.canyon.dial.tls.TlsFailedException;
import dev.canyon.dial.tls.TlsFault;
import dev.canyon.probe.spec.Latency;
import dev.canyon.probe.spec.TlsFigures;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts the TLS handshakes of a run. Thread-safe. */
final class HandshakeMeter {

    private final Histogram latency = LoadCounters.newHistogram();
    private final Map<String, Long> protocols = new TreeMap<>();
    private final Map<TlsFault, Long> failures = new EnumMap<>(TlsFault.class);
    private @Nullable String firstFailure;

    synchronized void completed(String protocol, long nanos) {
        protocols.merge(protocol, 1L, Long::sum);
        latency.recordValue(Math.min(Math.max(nanos, 1), latency.getHighestTrackableValue()));
    }

    synchronized void failed(TlsFailedException failure) {
        failures.merge(failure.fault(), 1L, Long::sum);
        if (firstFailure == null) {
            firstFailure = failure.getMessage();
        }
    }

    synchronized TlsFigures read() {
        return new TlsFigures(latency.getTotalCount(), protocols, Latency.of(latency), failures, firstFailure);
    }
}
