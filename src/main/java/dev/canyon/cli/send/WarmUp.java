package dev.canyon.cli.send;

import dev.canyon.dial.tls.ClientTls;
import dev.canyon.net.Loopback;
import dev.canyon.net.Protocol;
import dev.canyon.probe.Expectation;
import dev.canyon.probe.StepTimer;
import dev.canyon.probe.TestMessage;
import dev.canyon.probe.TestMessages;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends a message to a local socket that does not respond, before the actual message. Otherwise the time of class loading, which is longer
 * than that of a local network, would be reported as network time.
 */
final class WarmUp {

    private WarmUp() {}

    /** @param tls null for plain text */
    static void of(Protocol protocol, @Nullable ClientTls tls) {
        try {
            switch (protocol) {
                case TCP -> overTcp(tls);
                case UDP -> overUdp();
            }
        } catch (IOException ex) {
            // Only the accuracy of the reported times depends on it.
        }
    }

    private static void overTcp(@Nullable ClientTls tls) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, Loopback.IPV4)) {
            send(Protocol.TCP, silent.getLocalPort(), tls);
        }
    }

    private static void overUdp() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, Loopback.IPV4)) {
            send(Protocol.UDP, silent.getLocalPort(), null);
        }
    }

    private static void send(Protocol protocol, int port, @Nullable ClientTls tls) {
        Duration moment = Duration.ofMillis(1);
        byte[] payload = {0};
        TestMessages.send(
                protocol,
                new InetSocketAddress(Loopback.IPV4, port),
                new TestMessage(payload, new Expectation.Exactly(payload), moment, moment, 1, 0, false).over(tls),
                null,
                new StepTimer());
    }
}
