package dev.canyon.probe;

import dev.canyon.dial.UdpClientSocket;
import java.net.InetAddress;
import java.time.Duration;

/**
 * A message to send once or several times.
 *
 * @param payload the bytes to send; empty on TCP tests the connection only
 * @param connectTimeout timeout of the TCP handshake
 * @param timeout timeout of each response, counted from when the message is sent or, on TCP, the connection is established
 * @param repeat number of times to send it, on one socket, each after the previous response or its timeout
 * @param sourcePort local port, 0 to 65535; 0 lets the system choose
 * @param halfClose TCP only: send FIN after the last message and read until the peer's FIN
 */
public record TestMessage(
        byte[] payload,
        Expectation expectation,
        Duration connectTimeout,
        Duration timeout,
        int repeat,
        int sourcePort,
        boolean halfClose) {

    public TestMessage {
        payload = payload.clone();
    }

    /** Returns the largest payload, in bytes, of a datagram to this address. */
    public static int maxDatagramBytes(InetAddress to) {
        return UdpClientSocket.maxPayload(to);
    }
}
