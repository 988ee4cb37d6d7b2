package dev.canyon.listener;

/** The operator's limits do not allow a listener to open there; the message names the property and what it allows. */
public final class EndpointNotAllowedException extends RuntimeException {

    private final FailureReason reason;

    /** @param reason {@link FailureReason#PORT_NOT_ALLOWED} or {@link FailureReason#ADDRESS_NOT_ALLOWED} */
    EndpointNotAllowedException(FailureReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public FailureReason reason() {
        return reason;
    }
}
