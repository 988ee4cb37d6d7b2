package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.DropReason;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Datagrams with a forged source address, sent through a raw socket on the loopback interface. */
class ForgedDatagramTest {

    private final Endpoints endpoints = new Endpoints();

    static Stream<TransportKind> kinds() {
        return Stream.of(TransportKind.values()).filter(TransportKind::isAvailable);
    }

    @BeforeEach
    void requireRawSockets() throws Exception {
        assumeThat(run("python3", "-c", "import socket; socket.socket(socket.AF_INET, socket.SOCK_RAW, 255)"))
                .as("raw sockets, which need root and python3, are not available")
                .isZero();
    }

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oneForgedDatagramDoesNotStartALoop(TransportKind kind) throws Exception {
        Wire wire = new Wire(kind, "127.0.0.1");
        Opened one = endpoints.udp(wire);
        Opened other = endpoints.udp(wire);
        forge(one, "127.0.0.1:" + other.port(), "127.0.0.1:" + one.port(), "127.0.0.5:" + other.port());
        await().untilAsserted(() -> assertThat(one.read().dropped()).containsEntry(DropReason.OWN_ENDPOINT, 3L));
        assertThat(one.read().sentMessages()).isZero();
        assertThat(other.read().receivedMessages()).isZero();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void portsOfOtherServicesAreNotAnswered(TransportKind kind) throws Exception {
        Opened opened = endpoints.udp(new Wire(kind, "127.0.0.1"));
        forge(
                opened,
                Stream.of(0, 7, 13, 17, 19, 53, 123, 161, 1023, 2049)
                        .map(port -> "127.0.0.1:" + port)
                        .toArray(String[]::new));
        await().untilAsserted(() -> {
            // Netty's io_uring drops datagrams with source port 0.
            assertThat(opened.read().dropped())
                    .containsEntry(DropReason.PORT_ZERO, kind == TransportKind.IO_URING ? 0L : 1L);
            assertThat(opened.read().dropped()).containsEntry(DropReason.RESERVED_PORT, 9L);
        });
        opened.endpoint().apply(Endpoints.spec("127.0.0.1", 0, UdpSettings.with(Map.of("replyToReservedPorts", true))));
        forge(opened, "127.0.0.1:1023", "127.0.0.1:1024");
        await().untilAsserted(() -> assertThat(opened.read().sentMessages()).isEqualTo(2));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void addressesThatNoHostSendsFromAreNotAnswered(TransportKind kind) throws Exception {
        Opened opened = endpoints.open(kind, Endpoints.spec("0.0.0.0", 0, UdpSettings.defaults()));
        forge(opened, "224.0.0.1:5000", "255.255.255.255:5000", "240.0.0.1:5000");
        await().untilAsserted(() -> assertThat(opened.read().receivedMessages()).isEqualTo(3));
        assertThat(opened.read().dropped()).containsEntry(DropReason.BAD_SOURCE, 3L);
        assertThat(opened.read().sentMessages()).isZero();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theRateLimitOfOneSourceDoesNotAffectAnother(TransportKind kind) throws Exception {
        Opened opened = endpoints.open(
                kind, Endpoints.spec("127.0.0.1", 0, UdpSettings.with(Map.of("maxDatagramsPerSecondPerSource", 10))));
        try (DatagramSocket quiet = new DatagramSocket(0, InetAddress.getByName("127.0.0.3"))) {
            forge(opened, Stream.generate(() -> "127.0.0.2:5000").limit(200).toArray(String[]::new));
            await().untilAsserted(
                            () -> assertThat(opened.read().receivedMessages()).isEqualTo(200));
            assertThat(opened.read().dropped().get(DropReason.RATE)).isGreaterThan(100);
            quiet.setSoTimeout(5_000);
            quiet.send(new DatagramPacket(new byte[] {1}, 1, opened.endpoint().address()));
            DatagramPacket reply = new DatagramPacket(new byte[10], 10);
            quiet.receive(reply);
            assertThat(reply.getLength()).isEqualTo(1);
        }
    }

    private static void forge(Opened target, String... sources) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("python3", "src/test/resources/forge/forge.py", "127.0.0.1", String.valueOf(target.port())));
        command.addAll(Arrays.asList(sources));
        assertThat(run(command.toArray(String[]::new))).isZero();
    }

    private static int run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!process.waitFor(Duration.ofSeconds(20).toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.exitValue();
        } catch (IOException ex) {
            return -1;
        }
    }
}
