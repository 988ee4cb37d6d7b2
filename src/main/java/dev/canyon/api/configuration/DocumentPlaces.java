package dev.canyon.api.configuration;

import dev.canyon.api.problem.DefinitionConflictException;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.listener.ListenerReadOnlyException;
import dev.canyon.listener.endpoint.EndpointTakenException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds definitions in a document.
 *
 * @param definitions in their order
 */
record DocumentPlaces(List<ListenerDefinition> definitions) {

    static String of(int index) {
        return "listeners[" + index + "]";
    }

    /** Adds its path in the document to a refusal that concerns a definition; returns any other one. */
    Throwable locate(Throwable refusal) {
        if (refusal instanceof EndpointTakenException taken) {
            return new DefinitionConflictException(place(taken.claimant()) + ".port", taken);
        }
        return refusal instanceof ListenerReadOnlyException readOnly
                ? new DefinitionConflictException(place(readOnly.name()) + ".name", readOnly)
                : refusal;
    }

    private String place(String name) {
        return of(IntStream.range(0, definitions.size())
                .filter(i -> definitions.get(i).name().equals(name))
                .findFirst()
                .orElseThrow());
    }
}
