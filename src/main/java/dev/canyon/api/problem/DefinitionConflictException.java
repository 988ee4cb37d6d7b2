package dev.canyon.api.problem;

import dev.canyon.listener.ListenerReadOnlyException;
import dev.canyon.listener.endpoint.EndpointTakenException;

/** A definition of a document conflicts with a listener, so that the document is rejected. */
public final class DefinitionConflictException extends RuntimeException {

    private final String field;

    /** @param field its path in the document */
    public DefinitionConflictException(String field, EndpointTakenException cause) {
        super(cause);
        this.field = field;
    }

    /** @param field its path in the document */
    public DefinitionConflictException(String field, ListenerReadOnlyException cause) {
        super(cause);
        this.field = field;
    }

    String field() {
        return field;
    }
}
