package dev.canyon.listener;

import dev.canyon.transport.EndpointCounters;
import dev.canyon.transport.Protocol;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What all listeners come to.
 *
 * @param states how many listeners are in each state that at least one is in, by its {@linkplain ListenerState#word word}
 * @param traffic what was counted since Canyon began, of each protocol: no reset and no deletion takes anything away, so
 *     a later one is never less
 */
public record ListenerTotals(Map<String, Integer> states, Map<Protocol, EndpointCounters.Reading> traffic) {

    public EndpointCounters.Reading of(Protocol protocol) {
        return traffic.getOrDefault(protocol, EndpointCounters.Reading.NONE);
    }

    /** Both protocols together. */
    public EndpointCounters.Reading all() {
        return traffic.values().stream().reduce(EndpointCounters.Reading.NONE, EndpointCounters.Reading::plus);
    }

    /** @param deleted what listeners that are gone have left behind */
    static ListenerTotals of(Stream<ListenerSnapshot> listeners, Map<Protocol, EndpointCounters.Reading> deleted) {
        Map<String, Integer> states = new TreeMap<>();
        Map<Protocol, EndpointCounters.Reading> traffic = new EnumMap<>(Protocol.class);
        for (Protocol protocol : Protocol.values()) {
            traffic.put(protocol, deleted.getOrDefault(protocol, EndpointCounters.Reading.NONE));
        }
        listeners.forEach(listener -> {
            states.merge(listener.state().word(), 1, Integer::sum);
            traffic.merge(
                    listener.definition().protocol(), listener.counters().lifetime(), EndpointCounters.Reading::plus);
        });
        return new ListenerTotals(states, traffic);
    }
}
