package dev.canyon.listener;

import dev.canyon.transport.EndpointCounters;
import java.util.Map;

/**
 * A listener at one moment.
 *
 * @param version grows with each change of the definition, starting and stopping included
 * @param failures how often it could not be opened, by reason: each first try and each retry that made or left it failed;
 *     reasons that never occurred are not in it, and no reset takes anything away
 */
public record ListenerSnapshot(
        ListenerDefinition definition,
        long version,
        Origin origin,
        ListenerState state,
        EndpointCounters.Reading counters,
        Map<FailureReason, Long> failures) {

    public String name() {
        return definition.name();
    }
}
