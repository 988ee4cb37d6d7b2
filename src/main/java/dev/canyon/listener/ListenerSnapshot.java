package dev.canyon.listener;

import dev.canyon.transport.EndpointCounters;

/**
 * A listener at one moment.
 *
 * @param version grows with each change of the definition, starting and stopping included
 */
public record ListenerSnapshot(
        ListenerDefinition definition,
        long version,
        Origin origin,
        ListenerState state,
        EndpointCounters.Reading counters) {

    public String name() {
        return definition.name();
    }
}
