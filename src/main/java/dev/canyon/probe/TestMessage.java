package dev.canyon.probe;

import java.time.Duration;

/**
 * One message to send.
 *
 * @param payload what is sent; empty on TCP makes it a test of the connection alone
 * @param connectTimeout how long to wait for the TCP handshake
 * @param timeout how long to wait for the answer, counted from the moment the message is sent or, on TCP, connected
 * @param sourcePort the local port to send from, 0 lets the system choose
 * @param halfClose on TCP: send FIN after the message and read until the peer's FIN
 */
public record TestMessage(
        byte[] payload,
        Expectation expectation,
        Duration connectTimeout,
        Duration timeout,
        int sourcePort,
        boolean halfClose) {

    public TestMessage {
        payload = payload.clone();
    }
}
