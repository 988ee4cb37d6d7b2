package dev.canyon.transport;

/** Who or what ended a TCP connection. */
public enum CloseReason {
    /** The client sent FIN and got everything back. */
    CLIENT,
    IDLE,
    WRITE_STALL,
    /** The listener stopped, or a change gave it another socket. */
    DRAIN,
    OPERATOR,
    /** The connection broke, for example by a RST. */
    ERROR
}
