package dev.canyon.inspect;

import java.util.Locale;

/** Which way a message went, seen from the listener. */
public enum Direction {
    /** From the client to us. */
    IN,
    /** From us to the client. */
    OUT;

    Direction opposite() {
        return this == IN ? OUT : IN;
    }

    /** The word used on every surface: {@code in} or {@code out}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
