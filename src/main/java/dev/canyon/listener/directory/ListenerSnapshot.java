package dev.canyon.listener.directory;

import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.listener.endpoint.FailureReason;
import dev.canyon.net.Protocol;
import java.util.Map;

/**
 * A listener at one point in time.
 *
 * @param version increases with each change of the definition, including start and stop
 * @param faults the number of faults in force, those included whose cycle is off
 * @param traffic counts by protocol, without a protocol that the listener never had
 * @param failures the number of failed attempts to open it, by reason, retries included; without reasons that have not
 *     occurred. Not affected by a reset of the counters
 */
public record ListenerSnapshot(
        ListenerDefinition definition,
        long version,
        Origin origin,
        ListenerState state,
        Map<Protocol, EndpointCounters.Reading> traffic,
        int faults,
        Map<FailureReason, Long> failures) {

    public String name() {
        return definition.name();
    }

    /** Counts of all protocols since the last reset. */
    public EndpointCounters.Reading counters() {
        return traffic.values().stream().reduce(EndpointCounters.Reading::plus).orElse(EndpointCounters.Reading.NONE);
    }
}
