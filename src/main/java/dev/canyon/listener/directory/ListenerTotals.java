package dev.canyon.listener.directory;

import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.net.Protocol;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Totals over all listeners.
 *
 * @param states the number of listeners by {@linkplain ListenerState#word state}, without states that no listener is in
 * @param traffic counts since Canyon started, by protocol. Monotonic: not affected by resets and deletions
 */
public record ListenerTotals(Map<String, Integer> states, Map<Protocol, EndpointCounters.Reading> traffic) {

    public EndpointCounters.Reading of(Protocol protocol) {
        return traffic.getOrDefault(protocol, EndpointCounters.Reading.NONE);
    }

    /** Both protocols together. */
    public EndpointCounters.Reading all() {
        return traffic.values().stream().reduce(EndpointCounters.Reading.NONE, EndpointCounters.Reading::plus);
    }

    /** @param deleted counts of deleted listeners, by protocol */
    public static ListenerTotals of(
            Stream<ListenerSnapshot> listeners, Map<Protocol, EndpointCounters.Reading> deleted) {
        Map<String, Integer> states = new TreeMap<>();
        Map<Protocol, EndpointCounters.Reading> traffic = new EnumMap<>(Protocol.class);
        for (Protocol protocol : Protocol.values()) {
            traffic.put(protocol, deleted.getOrDefault(protocol, EndpointCounters.Reading.NONE));
        }
        listeners.forEach(listener -> {
            states.merge(listener.state().word(), 1, Integer::sum);
            listener.traffic()
                    .forEach((protocol, counts) ->
                            traffic.merge(protocol, counts.lifetime(), EndpointCounters.Reading::plus));
        });
        return new ListenerTotals(states, traffic);
    }
}
