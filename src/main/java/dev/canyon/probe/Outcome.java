package dev.canyon.probe;

import java.util.Locale;

/** How a test message ended. */
public enum Outcome {
    /** Everything that was expected came back, and nothing else. */
    OK,
    /** As much came back as was expected, but other bytes; or more. */
    MISMATCH,
    /** Some bytes came back, then no more in time. */
    PARTIAL,
    /** The connection was not established in time. */
    TIMEOUT_CONNECT,
    /** Nothing came back in time. */
    TIMEOUT_READ,
    /** Nobody listens there: RST in answer to SYN, or ICMP port unreachable. */
    REFUSED,
    /** The peer sent RST on an established connection. */
    RESET,
    /** The peer sent FIN before everything expected had come back. */
    CLOSED_EARLY,
    /** There is no way to the host or network. */
    UNREACHABLE,
    /** The name has no address. */
    DNS,
    /** Anything else; the detail has the system's words. */
    OTHER;

    /** The verdict on a message that ended so: {@code pass} or {@code fail}. */
    public String verdict() {
        return this == OK ? "pass" : "fail";
    }

    /** The word used on every surface, for example {@code timeout-read}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
