package dev.canyon.probe.spec;

/** A field of a run specification is invalid. The message continues the name of the field. */
public final class InvalidRunException extends IllegalArgumentException {

    private final String field;

    InvalidRunException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** Returns the name of the field in the API. */
    public String field() {
        return field;
    }
}
