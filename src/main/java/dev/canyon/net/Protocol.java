package dev.canyon.net;

/** The protocols of a listener: connection-oriented (TCP, RFC 9293) and connectionless (UDP, RFC 768). */
public enum Protocol {
    TCP,
    UDP;

    /** The value used in the API, logs, metrics and CLI: {@code tcp} or {@code udp}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
