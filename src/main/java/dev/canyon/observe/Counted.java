package dev.canyon.observe;

import dev.canyon.transport.EndpointCounters.Reading;
import dev.canyon.transport.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What is counted, of one listener as well as of all together. Here each count has its name and its meaning. */
final class Counted {

    private static final Set<Protocol> BOTH = Set.of(Protocol.values());
    private static final Set<Protocol> TCP = Set.of(Protocol.TCP);
    private static final Set<Protocol> UDP = Set.of(Protocol.UDP);

    /** @param name with dots; each side puts its prefix before it */
    record Plain(String name, String meaning, Set<Protocol> protocols, ToLongFunction<Reading> count) {}

    record ByReason(
            String name,
            String meaning,
            Set<Protocol> protocols,
            Function<Reading, Map<? extends Enum<?>, Long>> counts) {

        Set<? extends Enum<?>> reasons() {
            return counts.apply(Reading.NONE).keySet();
        }

        long count(Reading of, Enum<?> reason) {
            return counts.apply(of).entrySet().stream()
                    .filter(entry -> entry.getKey() == reason)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    static final List<Plain> PLAIN = List.of(
            new Plain("received.bytes", "Bytes read", BOTH, Reading::receivedBytes),
            new Plain("sent.bytes", "Bytes handed to the kernel", BOTH, Reading::sentBytes),
            new Plain("received.messages", "Datagrams received, or reads on TCP", BOTH, Reading::receivedMessages),
            new Plain("sent.messages", "Datagrams sent, or writes on TCP", BOTH, Reading::sentMessages),
            new Plain(
                    "accepted.connections",
                    "Connections accepted",
                    TCP,
                    reading -> reading.connections().total()));

    static final List<ByReason> BY_REASON = List.of(
            new ByReason(
                    "rejected.connections",
                    "Connections closed at once because of a limit or their source",
                    TCP,
                    reading -> reading.connections().rejected()),
            new ByReason(
                    "closed.connections",
                    "Connections that have ended",
                    TCP,
                    reading -> reading.connections().closed()),
            new ByReason("dropped.datagrams", "Datagrams not answered", UDP, Reading::dropped));

    private Counted() {}
}
