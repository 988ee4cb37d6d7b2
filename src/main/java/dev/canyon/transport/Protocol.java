package dev.canyon.transport;

import java.util.Locale;

/** The two kinds of service: connection-oriented (TCP, RFC 9293) and connection-less (UDP, RFC 768). */
public enum Protocol {
    TCP,
    UDP;

    /** The word used on every surface: {@code tcp} or {@code udp}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
