package dev.canyon.probe.spec;

import dev.canyon.dial.tls.TlsFault;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * TLS handshakes of a run.
 *
 * @param handshakes completed ones
 * @param protocols completed ones by negotiated version
 * @param latency of completed ones, from the established TCP connection to the end of the handshake; null if there are none
 * @param failures connections on which TLS failed by cause, without zeros; after a handshake of TLS 1.3, too
 * @param firstFailure explains the first of them; null if there are none
 */
public record TlsFigures(
        long handshakes,
        Map<String, Long> protocols,
        @Nullable Latency latency,
        Map<TlsFault, Long> failures,
        @Nullable String firstFailure) {

    public TlsFigures {
        protocols = Collections.unmodifiableMap(new TreeMap<>(protocols));
        failures = Collections.unmodifiableMap(new TreeMap<>(failures));
    }
}
