package dev.canyon.probe.run;

/** A run cannot be as it is asked for; the message goes on after the name of the field. */
public final class InvalidRunException extends IllegalArgumentException {

    private final String field;

    InvalidRunException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** As the API and the command line call it. */
    public String field() {
        return field;
    }
}
