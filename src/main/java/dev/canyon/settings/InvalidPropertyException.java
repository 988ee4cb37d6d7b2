package dev.canyon.settings;

/** A property has an invalid value, as detected by the package that uses it. Startup fails with the message. */
public final class InvalidPropertyException extends RuntimeException {

    private final String property;

    /** @param why what is wrong with the value and what was expected */
    public InvalidPropertyException(String property, String why, Throwable cause) {
        super(property + ": " + why, cause);
        this.property = property;
    }

    /** @param why what is wrong with the value and what was expected */
    public InvalidPropertyException(String property, String why) {
        super(property + ": " + why);
        this.property = property;
    }

    String property() {
        return property;
    }
}
