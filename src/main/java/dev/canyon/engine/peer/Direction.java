package dev.canyon.engine.peer;

import dev.canyon.net.WireName;

/** The direction of a message, seen from the listener. */
public enum Direction {
    /** From the client to the listener. */
    IN,
    /** From the listener to the client. */
    OUT;

    public Direction opposite() {
        return this == IN ? OUT : IN;
    }

    /** The name used in the API: {@code in} or {@code out}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
