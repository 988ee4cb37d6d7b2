package dev.canyon.net;

/** Why a port could not be opened: the causes that an operator can act on. */
public enum BindFailure {
    /** Another socket, of Canyon or of another process, is bound to the port (EADDRINUSE, bind(2)). */
    PORT_IN_USE,
    /** The port is privileged and the process lacks the right (EACCES, bind(2)). */
    PERMISSION_DENIED,
    /** The address is not assigned to this host, or the name has no address (EADDRNOTAVAIL, bind(2)). */
    ADDRESS_UNAVAILABLE,
    /** Any other error; the message contains the text of the system. */
    OTHER
}
