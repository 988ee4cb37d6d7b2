package dev.canyon.inspect.event;

import dev.canyon.net.WireName;

/** What an event reports, for sockets named after the calls of socket programming. */
public enum EventType {
    /** A socket was bound to its address and port: {@code bind}. */
    BOUND,
    /** Clients can connect: {@code listen}. TCP only. */
    LISTENING,
    /** A client connected: {@code accept}. */
    ACCEPTED,
    /** A connection was closed: {@code close}. */
    CLOSED,
    /** A connection was closed right after it was accepted. */
    REJECTED,
    /** A datagram was discarded without a reply. */
    DROPPED,
    /** The socket of the listener was closed. */
    STOPPED,
    /** The socket could not be bound. */
    FAILED,
    /** A capture was started, or resumed. */
    CAPTURE_STARTED,
    /** A capture was paused: it holds its messages, and adds none. */
    CAPTURE_PAUSED,
    /** A capture was stopped, and its messages were discarded. */
    CAPTURE_STOPPED,
    /** A fault was added or changed. */
    FAULT_ADDED,
    /** A fault was taken away. */
    FAULT_REMOVED,
    /** The lifetime of a temporary fault has ended. */
    FAULT_EXPIRED,
    /** A fault had an effect. */
    FAULTED;

    /** The value in the API and on the command line, for example {@code listening}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
