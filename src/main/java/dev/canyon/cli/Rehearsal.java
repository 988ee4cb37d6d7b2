package dev.canyon.cli;

import dev.canyon.probe.Expectation;
import dev.canyon.probe.Stopwatch;
import dev.canyon.probe.TestMessage;
import dev.canyon.probe.TestMessages;
import dev.canyon.transport.Loopback;
import dev.canyon.transport.Protocol;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/**
 * A message to a socket of our own that does not answer, before the one that counts: what Java loads on first use, which
 * takes longer than a local network does, would else be taken for the network's time.
 */
final class Rehearsal {

    private Rehearsal() {}

    static void of(Protocol protocol) {
        try {
            switch (protocol) {
                case TCP -> overTcp();
                case UDP -> overUdp();
            }
        } catch (IOException ex) {
            // Then the times are longer; nothing else depends on it.
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
                new Stopwatch());
    }
}
