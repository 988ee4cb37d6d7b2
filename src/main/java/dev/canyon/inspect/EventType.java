package dev.canyon.inspect;

import java.util.Locale;

/** A step in the life of a listener or of a connection, named as in socket programming. */
public enum EventType {
    /** The socket has its address and port: {@code bind}. */
    BOUND,
    /** Clients can connect: {@code listen}. Not on UDP, which has no connections. */
    LISTENING,
    /** A client has connected: {@code accept}. */
    ACCEPTED,
    /** Bytes came: {@code recv}. Only while traffic is captured. */
    RECEIVED,
    /** Bytes went: {@code send}. Only while traffic is captured. */
    SENT,
    /** A connection has ended: {@code close}. */
    CLOSED,
    /** A connection was closed before a byte of it was read. */
    REJECTED,
    /** A datagram was not answered. */
    DROPPED,
    /** The listener has no port any more. */
    STOPPED,
    /** The port could not be opened. */
    FAILED;

    /** The word used on every surface, for example {@code listening}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
