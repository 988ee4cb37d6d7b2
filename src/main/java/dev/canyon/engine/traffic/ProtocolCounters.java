package dev.canyon.engine.traffic;

import dev.canyon.net.Protocol;
import java.util.EnumMap;
import java.util.Map;

/**
 * The counters of a listener, a set for each protocol that it has had. So the counts of a protocol do not decrease when the
 * listener changes to the other one, and connections that still drain count where they belong. Thread-safe.
 */
public final class ProtocolCounters {

    private volatile Map<Protocol, EndpointCounters> byProtocol = Map.of();

    /** The counters for a protocol, created by the first call. */
    public EndpointCounters of(Protocol protocol) {
        EndpointCounters existing = byProtocol.get(protocol);
        return existing != null ? existing : add(protocol);
    }

    private synchronized EndpointCounters add(Protocol protocol) {
        EndpointCounters existing = byProtocol.get(protocol);
        if (existing != null) {
            return existing;
        }
        EndpointCounters added = new EndpointCounters();
        Map<Protocol, EndpointCounters> extended = new EnumMap<>(Protocol.class);
        extended.putAll(byProtocol);
        extended.put(protocol, added);
        byProtocol = Map.copyOf(extended);
        return added;
    }

    /** A reading of each set. */
    public Map<Protocol, EndpointCounters.Reading> read() {
        Map<Protocol, EndpointCounters.Reading> readings = new EnumMap<>(Protocol.class);
        byProtocol.forEach((protocol, counters) -> readings.put(protocol, counters.read()));
        return readings;
    }

    /** Resets each set, see {@link EndpointCounters#reset}. */
    public void reset() {
        byProtocol.values().forEach(EndpointCounters::reset);
    }
}
