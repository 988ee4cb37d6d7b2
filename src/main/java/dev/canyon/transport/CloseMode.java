package dev.canyon.transport;

/** How a connection is ended. */
public enum CloseMode {
    /** What has arrived is sent back, then FIN: the client reads everything, and then the end of the stream. */
    FIN,
    /** At once, with RST: what waits is thrown away, and the client's next call fails (RFC 9293, 3.10.7.4). */
    RESET
}
