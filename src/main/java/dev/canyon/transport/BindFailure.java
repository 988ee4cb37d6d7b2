package dev.canyon.transport;

/** Why a port could not be opened, as far as a person can act on it. */
public enum BindFailure {
    /** Another socket, ours or another process's, holds the port (EADDRINUSE, bind(2)). */
    PORT_IN_USE,
    /** The port is privileged and the process lacks the right (EACCES, bind(2)). */
    PERMISSION_DENIED,
    /** The address is none of this host's, or the name has none (EADDRNOTAVAIL, bind(2)). */
    ADDRESS_UNAVAILABLE,
    /** Anything else; the message has the system's words. */
    OTHER
}
