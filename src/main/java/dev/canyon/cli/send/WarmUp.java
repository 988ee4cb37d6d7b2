package dev.canyon.cli.send;

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

/**
 * Sends a message to a local socket that does not respond, before the actual message. Otherwise the time of class loading, which is longer
 * than that of a local network, would be reported as network time.
 */
final class WarmUp {

    private WarmUp() {}

    static void of(Protocol protocol) {
        try {
            switch (protocol) {
                case TCP -> overTcp();
                case UDP -> overUdp();
            }
        } catch (IOException ex) {
            // Only the accuracy of the reported times depends on it.
        }
    }

    private static void overTcp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, Loopback.IPV4)) {
            send(Protocol.TCP, silent.getLocalPort());
        }
    }

    private static void overUdp() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, Loopback.IPV4)) {
            send(Protocol.UDP, silent.getLocalPort());
        }
    }

    private static void send(Protocol protocol, int port) {
        Duration moment = Duration.ofMillis(1);
        byte[] payload = {0};
        TestMessages.send(
                protocol,
                new InetSocketAddress(Loopback.IPV4, port),
                new TestMessage(payload, new Expectation.Exactly(payload), moment, moment, 1, 0, false),
                null,
                new StepTimer());
    }
}
