package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.traffic.EndpointCounters;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.BindFailure;
import dev.canyon.net.Cidr;
import dev.canyon.net.ListenAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class UdpEchoTest {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    @OnEveryWire
    void returnsDatagramsOfEverySizeWhole(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        try (DatagramSocket client = client(wire)) {
            for (int size : List.of(0, 1, 2, 1472, 1473, 2047, 2048, 2049, 9000, 65_506, 65_507)) {
                byte[] message = random(size);
                send(client, opened, message);
                assertThat(receive(client)).as("%d bytes", size).isEqualTo(message);
            }
            if (wire.isIpv6()) {
                send(client, opened, random(65_527));
                assertThat(receive(client)).isEqualTo(random(65_527));
            }
            assertNothingMore(client);
        }
        awaitEverythingAccountedFor(opened);
        assertThat(opened.read().dropped().values()).containsOnly(0L);
    }

    @OnEveryWire
    void keepsTheOrderAndSendsNothingTwiceWithEmptyDatagramsBetweenOthers(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        try (DatagramSocket client = client(wire)) {
            List<String> burst = List.of("A", "", "B", "C", "", "", "D");
            for (String message : burst) {
                send(client, opened, message.getBytes(StandardCharsets.UTF_8));
            }
            for (String message : burst) {
                assertThat(new String(receive(client), StandardCharsets.UTF_8)).isEqualTo(message);
            }
            assertNothingMore(client);
        }
        awaitEverythingAccountedFor(opened);
        assertThat(opened.read().sentMessages()).isEqualTo(7);
    }

    @OnEveryWire
    void dropsAndCountsWhatIsLargerThanTheBuffer(Wire wire) throws IOException {
        Opened opened = endpoints.open(
                wire.kind(),
                new EndpointSpec(new ListenAddress(wire.loopback(), 0), 100, List.of(), UdpSettings.defaults()));
        try (DatagramSocket client = client(wire)) {
            send(client, opened, random(101));
            send(client, opened, random(100));
            assertThat(receive(client)).isEqualTo(random(100));
            assertNothingMore(client);
        }
        awaitEverythingAccountedFor(opened);
        assertThat(opened.read().dropped()).containsEntry(DropReason.OVERSIZE, 1L);
        assertThat(opened.read().receivedBytes()).isEqualTo(201);
    }

    @OnEveryWire
    void dropsEmptyDatagramsIfConfigured(Wire wire) throws IOException {
        Opened opened = endpoints.open(
                wire.kind(), Endpoints.spec(wire.loopback(), 0, UdpSettings.with(Map.of("replyToEmpty", false))));
        try (DatagramSocket client = client(wire)) {
            send(client, opened, new byte[0]);
            send(client, opened, new byte[] {1});
            assertThat(receive(client)).containsExactly(1);
        }
        awaitEverythingAccountedFor(opened);
        assertThat(opened.read().dropped()).containsEntry(DropReason.EMPTY, 1L);
    }

    @OnEveryWire
    void dropsDatagramsOfSourcesThatAreNotAllowed(Wire wire) throws IOException {
        Opened opened = endpoints.open(
                wire.kind(),
                new EndpointSpec(
                        new ListenAddress(wire.loopback(), 0),
                        100,
                        List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8")),
                        UdpSettings.defaults()));
        try (DatagramSocket client = client(wire)) {
            send(client, opened, random(10));
            await().untilAsserted(() -> assertThat(opened.read().dropped()).containsEntry(DropReason.NOT_ALLOWED, 1L));
            opened.endpoint().apply(Endpoints.spec(wire.loopback(), 0, UdpSettings.defaults()));
            send(client, opened, random(10));
            assertThat(receive(client)).hasSize(10);
        }
    }

    @OnEveryWire
    void continuesWhenAReplyCannotBeDelivered(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        for (int i = 0; i < 50; i++) {
            try (DatagramSocket gone = client(wire)) {
                send(gone, opened, random(10));
            }
        }
        try (DatagramSocket client = client(wire)) {
            send(client, opened, random(10));
            assertThat(receive(client)).isEqualTo(random(10));
        }
        awaitEverythingAccountedFor(opened);
    }

    @OnEveryWire
    void failsOnAPortInUseWhateverTheOtherSocketAllows(Wire wire) throws IOException {
        try (DatagramSocket holder = new DatagramSocket(null)) {
            holder.setReuseAddress(true);
            holder.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            holder.bind(new InetSocketAddress(InetAddress.getByName(wire.loopback()), 0));
            EndpointSpec same = Endpoints.spec(wire.loopback(), holder.getLocalPort(), UdpSettings.defaults());
            assertThatThrownBy(() -> endpoints.open(wire.kind(), same))
                    .isInstanceOfSatisfying(
                            BindFailedException.class,
                            ex -> assertThat(ex.failure()).isEqualTo(BindFailure.PORT_IN_USE));
        }
    }

    @OnEveryWire
    void doesNotShareItsPort(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        try (DatagramSocket intruder = new DatagramSocket(null)) {
            intruder.setReuseAddress(true);
            intruder.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            assertThatThrownBy(() -> intruder.bind(opened.endpoint().address())).isInstanceOf(BindException.class);
        }
    }

    @OnEveryWire
    void aWildcardServesOneFamilyOnly(Wire wire) throws IOException {
        Opened opened = endpoints.open(wire.kind(), Endpoints.spec(wire.wildcard(), 0, UdpSettings.defaults()));
        try (DatagramSocket client = client(wire);
                DatagramSocket other = new DatagramSocket()) {
            client.send(new DatagramPacket(new byte[] {1}, 1, InetAddress.getByName(wire.loopback()), opened.port()));
            assertThat(receive(client)).containsExactly(1);
            other.setSoTimeout(300);
            InetAddress otherFamily = InetAddress.getByName(wire.isIpv6() ? "127.0.0.1" : "::1");
            other.send(new DatagramPacket(new byte[] {1}, 1, otherFamily, opened.port()));
            assertNothingMore(other);
        }
        assertThat(opened.read().sentMessages()).isEqualTo(1);
    }

    @OnEveryWire
    void closesImmediatelyAndFreesThePort(Wire wire) {
        // Outside the ephemeral range, so that no client of another test is given the port meanwhile.
        Opened opened = endpoints.open(
                wire.kind(),
                Endpoints.spec(wire.loopback(), Endpoints.freePortOutsideTheEphemeralRange(), UdpSettings.defaults()));
        opened.endpoint().close(Duration.ofSeconds(5)).join();
        opened.endpoint().close(Duration.ofSeconds(5)).join();
        Opened again =
                endpoints.open(wire.kind(), Endpoints.spec(wire.loopback(), opened.port(), UdpSettings.defaults()));
        assertThat(again.port()).isEqualTo(opened.port());
    }

    @OnEveryWire
    void tcpAndUdpShareAPortNumber(Wire wire) throws IOException {
        Opened tcp = endpoints.tcp(wire);
        Opened udp = endpoints.open(wire.kind(), Endpoints.spec(wire.loopback(), tcp.port(), UdpSettings.defaults()));
        try (DatagramSocket client = client(wire)) {
            send(client, udp, new byte[] {9});
            assertThat(receive(client)).containsExactly(9);
        }
    }

    /** Each received datagram is either answered or dropped, and sent does not exceed received. */
    private static void awaitEverythingAccountedFor(Opened opened) {
        await().untilAsserted(() -> {
            EndpointCounters.Reading reading = opened.read();
            long dropped = reading.dropped().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(reading.receivedMessages()).isEqualTo(reading.sentMessages() + dropped);
            assertThat(reading.sentBytes()).isLessThanOrEqualTo(reading.receivedBytes());
        });
    }

    private static DatagramSocket client(Wire wire) throws IOException {
        DatagramSocket client = new DatagramSocket(0, InetAddress.getByName(wire.loopback()));
        client.setSoTimeout(TIMEOUT_MILLIS);
        return client;
    }

    private static void send(DatagramSocket client, Opened to, byte[] message) throws IOException {
        client.send(new DatagramPacket(message, message.length, to.endpoint().address()));
    }

    private static byte[] receive(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        client.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static void assertNothingMore(DatagramSocket client) throws IOException {
        client.setSoTimeout(300);
        assertThatThrownBy(() -> receive(client)).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(TIMEOUT_MILLIS);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
