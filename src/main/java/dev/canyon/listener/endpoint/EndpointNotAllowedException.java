package dev.canyon.listener.endpoint;

/** The configured limits do not allow the port or address; the message names the property and its value. */
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
