package dev.canyon.engine.peer;

/** How a connection is closed. */
public enum CloseMode {
    /** Received bytes are sent back, then FIN: the client reads all of them, then end of stream. */
    FIN,
    /** Immediately, with RST: waiting bytes are discarded, and the client's next call fails (RFC 9293, 3.10.7.4). */
    RESET
}
