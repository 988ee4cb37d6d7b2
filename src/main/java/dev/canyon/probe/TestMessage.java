package dev.canyon.probe;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;

/**
 * One message to send, once or several times.
 *
 * @param payload what is sent; empty on TCP makes it a test of the connection alone
 * @param connectTimeout how long to wait for the TCP handshake
 * @param timeout how long to wait for each answer, counted from the moment the message is sent or, on TCP, connected
 * @param repeat how often it is sent: on one socket, each time after the last one is answered or given up
 * @param sourcePort the local port to send from, 0 lets the system choose
 * @param halfClose on TCP: send FIN after the last message and read until the peer's FIN
 */
public record TestMessage(
        byte[] payload,
        Expectation expectation,
        Duration connectTimeout,
        Duration timeout,
        int repeat,
        int sourcePort,
        boolean halfClose) {

    /** The longest payload of a datagram without IPv6 jumbograms: what a length field of 16 bits leaves beside the headers. */
    private static final int LARGEST_IPV4_DATAGRAM = 65_507;

    private static final int LARGEST_IPV6_DATAGRAM = 65_527;

    public TestMessage {
        payload = payload.clone();
    }

    /** The longest payload, in bytes, that a datagram to this address can carry. */
    public static int largestDatagram(InetAddress to) {
        return to instanceof Inet6Address ? LARGEST_IPV6_DATAGRAM : LARGEST_IPV4_DATAGRAM;
    }
}
