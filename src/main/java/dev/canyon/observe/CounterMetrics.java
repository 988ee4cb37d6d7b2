package dev.canyon.observe;

import dev.canyon.engine.traffic.EndpointCounters.Reading;
import dev.canyon.net.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Names and descriptions of all counters, for {@link ListenerMetrics} and {@link TotalMetrics}. */
final class CounterMetrics {

    private static final Set<Protocol> BOTH = Set.of(Protocol.values());
    private static final Set<Protocol> TCP = Set.of(Protocol.TCP);
    private static final Set<Protocol> UDP = Set.of(Protocol.UDP);

    /** @param name with dots and without the prefix */
    record Plain(String name, String description, Set<Protocol> protocols, ToLongFunction<Reading> count) {}

    record ByReason(
            String name,
            String description,
            Set<Protocol> protocols,
            Function<Reading, Map<? extends Enum<?>, Long>> counts) {

        Set<? extends Enum<?>> reasons() {
            return counts.apply(Reading.NONE).keySet();
        }

        long count(Reading reading, Enum<?> reason) {
            return counts.apply(reading).entrySet().stream()
                    .filter(entry -> entry.getKey() == reason)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    static final List<Plain> PLAIN = List.of(
            new Plain("received.bytes", "Bytes received", BOTH, Reading::receivedBytes),
            new Plain("sent.bytes", "Bytes written to the socket", BOTH, Reading::sentBytes),
            new Plain("received.messages", "Datagrams received; reads for TCP", BOTH, Reading::receivedMessages),
            new Plain("sent.messages", "Datagrams sent; writes for TCP", BOTH, Reading::sentMessages),
            new Plain(
                    "discarded.bytes",
                    "Bytes received that are never answered: taken by faults, or on TCP unsent at the close",
                    BOTH,
                    Reading::discardedBytes),
            new Plain(
                    "added.bytes",
                    "Bytes sent that were not received, added by faults or the reply",
                    BOTH,
                    Reading::addedBytes),
            new Plain(
                    "added.messages",
                    "Datagrams sent that were not received, added by faults or the reply",
                    UDP,
                    Reading::addedMessages),
            new Plain(
                    "accepted.connections",
                    "Connections accepted",
                    TCP,
                    reading -> reading.connections().total()),
            new Plain(
                    "tls.handshakes",
                    "TLS handshakes completed",
                    TCP,
                    reading -> reading.tls().handshakes()),
            new Plain(
                    "tls.truncated.connections",
                    "TLS connections that the client ended without close_notify",
                    TCP,
                    reading -> reading.tls().truncated()));

    static final List<ByReason> BY_REASON = List.of(
            new ByReason(
                    "rejected.connections",
                    "Connections rejected because of a limit, their source address, their PROXY header or TLS",
                    TCP,
                    reading -> reading.connections().rejected()),
            new ByReason(
                    "closed.connections",
                    "Connections closed",
                    TCP,
                    reading -> reading.connections().closed()),
            new ByReason(
                    "tls.failed.handshakes",
                    "TLS handshakes that failed",
                    TCP,
                    reading -> reading.tls().failed()),
            new ByReason("dropped.datagrams", "Datagrams discarded without a reply", UDP, Reading::dropped));

    private CounterMetrics() {}
}
