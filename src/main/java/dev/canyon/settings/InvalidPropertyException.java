package dev.canyon.settings;

/** A property has a value that cannot be used; only the room that it belongs to can tell. The process ends with the message. */
public final class InvalidPropertyException extends RuntimeException {

    private final String property;

    /** @param why what is wrong with the value, and what was expected */
    public InvalidPropertyException(String property, String why, Throwable cause) {
        super(property + ": " + why, cause);
        this.property = property;
    }

    /** @param why what is wrong with the value, and what was expected */
    public InvalidPropertyException(String property, String why) {
        super(property + ": " + why);
        this.property = property;
    }

    String property() {
        return property;
    }
}
