package dev.canyon.engine.fault;

/** A change of the faults of a listener was refused; nothing has changed. */
public final class FaultRefusedException extends RuntimeException {

    private final Reason reason;

    /** Why it was refused. */
    public enum Reason {
        /** Another fault has the id. */
        EXISTS,
        NOT_FOUND,
        /** The fault belongs to the definition of the listener. */
        READ_ONLY,
        /** As many faults as allowed are in force. */
        TOO_MANY
    }

    public FaultRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
