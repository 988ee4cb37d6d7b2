package dev.canyon.probe;

import dev.canyon.dial.SocketFailure;
import dev.canyon.net.WireName;

/** How a test message ended. */
public enum Outcome {
    /** The response is exactly what was expected. */
    OK,
    /** The response is complete but differs from what was expected, or is longer. */
    MISMATCH,
    /** Only part of the response arrived in time. */
    PARTIAL,
    /** The connection was not established in time. */
    TIMEOUT_CONNECT,
    /** No response arrived in time. */
    TIMEOUT_READ,
    /** No socket listens on the port: RST in answer to SYN, or ICMP port unreachable. */
    REFUSED,
    /** The peer sent RST on an established connection. */
    RESET,
    /** TLS with the peer failed, during the handshake or afterwards. */
    TLS_FAILED,
    /** The peer sent FIN before the response was complete. */
    CLOSED_EARLY,
    /** There is no route to the host or network. */
    UNREACHABLE,
    /** The host name has no address. */
    DNS,
    /** Any other failure; the detail has the message of the operating system. */
    OTHER;

    public static Outcome of(SocketFailure failure) {
        return switch (failure.kind()) {
            case DNS -> DNS;
            case CONNECT_TIMEOUT -> TIMEOUT_CONNECT;
            case REFUSED -> REFUSED;
            case UNREACHABLE -> UNREACHABLE;
            case RESET -> RESET;
            case TLS -> TLS_FAILED;
            case OTHER -> OTHER;
        };
    }

    /** Returns the verdict on a message with this outcome: {@code pass} or {@code fail}. */
    public String verdict() {
        return this == OK ? "pass" : "fail";
    }

    /** Returns the value used in the API, the command line and reports, for example {@code timeout-read}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
