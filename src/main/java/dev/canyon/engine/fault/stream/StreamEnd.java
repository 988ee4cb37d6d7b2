package dev.canyon.engine.fault.stream;

import dev.canyon.net.WireName;

/** How a fault ends a connection. */
public enum StreamEnd {
    /** With FIN; input is discarded until the client closes, too. */
    FIN,
    /** With RST. */
    RESET;

    /** The name used in the API. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
