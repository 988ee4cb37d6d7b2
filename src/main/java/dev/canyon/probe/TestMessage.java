package dev.canyon.probe;

import dev.canyon.dial.OutgoingProxyHeader;
import dev.canyon.dial.UdpClientSocket;
import dev.canyon.dial.tls.ClientTls;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A message to send once or several times.
 *
 * @param payload the bytes to send; empty on TCP tests the connection only
 * @param connectTimeout timeout of the TCP handshake, and of the TLS handshake that follows
 * @param timeout timeout of each response, counted from when the message is sent or, on TCP, the connection and TLS are established
 * @param repeat number of times to send it, on one socket, each after the previous response or its timeout
 * @param sourcePort local port, 0 to 65535; 0 lets the system choose
 * @param halfClose TCP only: send FIN (over TLS after close_notify) after the last message and read until the peer's FIN
 * @param proxyHeader TCP only: what the connection begins with; null for none
 * @param tls TCP only: sends it over TLS; null for plain text
 */
public record TestMessage(
        byte[] payload,
        Expectation expectation,
        Duration connectTimeout,
        Duration timeout,
        int repeat,
        int sourcePort,
        boolean halfClose,
        @Nullable OutgoingProxyHeader proxyHeader,
        @Nullable ClientTls tls) {

    public TestMessage {
        payload = payload.clone();
    }

    /** A message in plain text, without PROXY header. */
    public TestMessage(
            byte[] payload,
            Expectation expectation,
            Duration connectTimeout,
            Duration timeout,
            int repeat,
            int sourcePort,
            boolean halfClose) {
        this(payload, expectation, connectTimeout, timeout, repeat, sourcePort, halfClose, null, null);
    }

    /** The same message on a connection that begins with a PROXY header; null for none. */
    public TestMessage behind(@Nullable OutgoingProxyHeader header) {
        return new TestMessage(
                payload, expectation, connectTimeout, timeout, repeat, sourcePort, halfClose, header, tls);
    }

    /** The same message over TLS; null for plain text. */
    public TestMessage over(@Nullable ClientTls newTls) {
        return new TestMessage(
                payload, expectation, connectTimeout, timeout, repeat, sourcePort, halfClose, proxyHeader, newTls);
    }

    /** Returns the largest payload, in bytes, of a datagram to this address. */
    public static int maxDatagramBytes(InetAddress to) {
        return UdpClientSocket.maxPayload(to);
    }
}
