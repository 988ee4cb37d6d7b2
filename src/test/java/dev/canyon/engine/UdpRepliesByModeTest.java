package dev.canyon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.net.Cidr;
import dev.canyon.net.ListenAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Execution(ExecutionMode.CONCURRENT)
class UdpRepliesByModeTest {

    private static final long EPOCH_SINCE_1900 = 2_208_988_800L;

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    private Opened open(Wire wire, Map<String, Object> reply) {
        return open(wire, wire.loopback(), reply);
    }

    private Opened open(Wire wire, String host, Map<String, Object> reply) {
        return endpoints.open(
                wire.kind(),
                Endpoints.spec(host, 0, UdpSettings.defaults()).answering(ReplySettings.with(Map.of("reply", reply))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Client implements AutoCloseable {

        private final DatagramSocket socket;
        /** Not connected, because Java sends no empty datagrams on a connected socket. */
        private final InetSocketAddress to;

        Client(Wire wire, Opened opened) throws IOException {
            this(wire.loopback(), new InetSocketAddress(wire.loopback(), opened.port()));
        }

        Client(String from, InetSocketAddress to) throws IOException {
            this.socket = new DatagramSocket(0, InetAddress.getByName(from));
            this.to = to;
            socket.setSoTimeout(10_000);
        }

        Client send(byte[] message) throws IOException {
            socket.send(new DatagramPacket(message, message.length, to));
            return this;
        }

        byte[] receive() throws IOException {
            DatagramPacket reply = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(reply);
            return Arrays.copyOf(reply.getData(), reply.getLength());
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static void awaitDropped(Opened opened, DropReason reason, long count) {
        await().untilAsserted(
                        () -> assertThat(opened.read().dropped().get(reason)).isEqualTo(count));
    }

    @OnEveryWire
    void discardAnswersNothing(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of("mode", "discard"));
        try (Client client = new Client(wire, opened)) {
            client.send(ascii("a")).send(ascii("b"));
            awaitDropped(opened, DropReason.DISCARD, 2);
            assertThat(opened.read().sentMessages()).isZero();
        }
    }

    @OnEveryWire
    void fixedAnswersEachDatagramWithTheSameBytes(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of("mode", "fixed", "base64", "AAEC"));
        try (Client client = new Client(wire, opened)) {
            assertThat(client.send(ascii("long enough")).receive()).containsExactly(0, 1, 2);
            assertThat(client.send(new byte[0]).receive()).containsExactly(0, 1, 2);
        }
        await().untilAsserted(() -> assertThat(opened.read().sentBytes()).isEqualTo(6));
        assertThat(opened.read().addedBytes()).isEqualTo(6);
        assertThat(opened.read().discardedBytes()).isEqualTo(11);
    }

    @OnEveryWire
    void identityTellsWhoSentWhatFromWhere(Wire wire) throws IOException {
        Opened opened = open(wire, wire.wildcard(), Map.of("mode", "identity"));
        opened.endpoint()
                .apply(new EndpointSpec(
                                new ListenAddress(wire.wildcard(), opened.port()),
                                65_536,
                                List.of(Cidr.parse(wire.isIpv6() ? "::1/128" : "127.0.0.0/8")),
                                UdpSettings.defaults())
                        .answering(ReplySettings.with(Map.of("reply", Map.of("mode", "identity")))));
        try (Client client = new Client(wire, opened)) {
            JsonNode line =
                    JsonMapper.shared().readTree(client.send(ascii("hello")).receive());
            assertThat(line.get("remotePort").asInt()).isEqualTo(client.port());
            assertThat(line.get("localAddress").asString()).isEqualTo(wire.loopback());
            assertThat(line.get("localPort").asInt()).isEqualTo(opened.port());
            assertThat(line.get("protocol").asString()).isEqualTo("udp");
            assertThat(line.get("connection").isNull()).isTrue();
            assertThat(line.get("text").asString()).isEqualTo("hello");
            assertThat(JsonMapper.shared()
                            .readTree(client.send(ascii("2")).receive())
                            .get("sequence")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @OnEveryWire
    void delayedSendsEachDatagramWhenItAsksForIt(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of("mode", "delayed", "maxDelayMs", 400));
        try (Client client = new Client(wire, opened)) {
            long start = System.nanoTime();
            client.send(new byte[] {-1, -1, -1, -1, 1})
                    .send(new byte[] {0, 0, 0, 50, 2})
                    .send(new byte[] {3});
            assertThat(client.receive()).containsExactly(3);
            assertThat(client.receive()).containsExactly(0, 0, 0, 50, 2);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(49));
            assertThat(client.receive()).containsExactly(-1, -1, -1, -1, 1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(399));
        }
    }

    @Test
    void delayedHoldsNoMoreThanAShareForOneSource() throws IOException {
        Opened opened = open(new Wire(TransportKind.preferred(), "127.0.0.1"), Map.of("mode", "delayed"));
        byte[] late = new byte[65_000];
        Arrays.fill(late, (byte) 0x7f);
        try (Client greedy = new Client("127.0.0.1", opened.endpoint().address());
                Client other = new Client("127.0.0.2", opened.endpoint().address())) {
            for (int sent = 1; sent <= 17; sent++) {
                int all = sent;
                greedy.send(late);
                await().until(() -> opened.read().receivedMessages() == all);
            }
            awaitDropped(opened, DropReason.QUEUE_FULL, 1);
            byte[] soon = {0, 0, 0, 50, 1};
            assertThat(other.send(soon).receive()).isEqualTo(soon);
        }
    }

    @OnEveryWire
    void delayedSendsWhatItHoldsWhenTheListenerStops(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of("mode", "delayed"));
        try (Client client = new Client(wire, opened)) {
            client.send(new byte[] {-1, -1, -1, -1});
            await().until(() -> opened.read().receivedMessages() == 1);
            opened.endpoint().close(Duration.ZERO).join();
            assertThat(client.receive()).containsExactly(-1, -1, -1, -1);
        }
    }

    /** A test packet with this sequence number, sent at 1 s and a half since 1900. */
    private static byte[] testPacket(int sequence, int size) {
        byte[] packet = new byte[size];
        ByteBuffer.wrap(packet).putInt(sequence).putLong(0x1_8000_0000L).putShort((short) 0x8a0b);
        for (int i = 44; i < size; i++) {
            packet[i] = (byte) i;
        }
        return packet;
    }

    private static Instant instant(long ntp) {
        return Instant.ofEpochSecond((ntp >>> 32) - EPOCH_SINCE_1900, ((ntp & 0xffff_ffffL) * 1_000_000_000L) >>> 32);
    }

    @OnEveryWire
    void stampReflectsByteByByte(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of("mode", "stamp"));
        try (Client one = new Client(wire, opened);
                Client other = new Client(wire, opened)) {
            Instant before = Instant.now().minusMillis(1);
            ByteBuffer reply = ByteBuffer.wrap(one.send(testPacket(7, 44)).receive());
            Instant after = Instant.now().plusMillis(1);
            assertThat(reply.remaining()).isEqualTo(44);
            assertThat(reply.getInt(0)).as("sequence").isZero();
            Instant sent = instant(reply.getLong(4));
            Instant received = instant(reply.getLong(16));
            assertThat(received).isBetween(before, after);
            assertThat(sent).isBetween(received, after);
            assertThat(reply.getShort(12) & 0x8000).as("not synchronized").isZero();
            assertThat(reply.getShort(12) & 0x4000).as("NTP format").isZero();
            assertThat(reply.getShort(12) & 0xff).as("multiplier").isNotZero();
            assertThat(reply.getShort(14)).as("zero").isZero();
            assertThat(reply.getInt(24)).as("sequence of the request").isEqualTo(7);
            assertThat(reply.getLong(28)).isEqualTo(0x1_8000_0000L);
            assertThat(reply.getShort(36)).isEqualTo((short) 0x8a0b);
            assertThat(reply.getShort(38)).as("zero").isZero();
            assertThat(reply.get(40) & 0xff).as("TTL").isEqualTo(255);
            assertThat(Arrays.copyOfRange(reply.array(), 41, 44)).containsOnly(0);

            // Numbered for each session, so that each direction's losses are known.
            assertThat(ByteBuffer.wrap(one.send(testPacket(9, 44)).receive()).getInt())
                    .isEqualTo(1);
            assertThat(ByteBuffer.wrap(other.send(testPacket(0, 44)).receive()).getInt())
                    .isZero();

            byte[] padded = one.send(testPacket(10, 100)).receive();
            assertThat(padded).hasSize(100).endsWith(Arrays.copyOfRange(testPacket(10, 100), 44, 100));
            assertThat(one.send(testPacket(11, 41)).receive()).hasSize(41);
            assertThat(one.send(testPacket(12, 14)).receive()).hasSize(44);
            one.send(new byte[13]);
            awaitDropped(opened, DropReason.NOT_STAMP, 1);
        }
    }

    @Test
    void tsharkReadsTheReflectedPacket(@TempDir Path directory) throws Exception {
        boolean there = Path.of("/usr/bin/tshark").toFile().canExecute();
        if (!there) {
            System.out.println("SKIPPED: tshark is not installed, so STAMP packets are checked by their bytes only");
        }
        Assumptions.assumeTrue(there, "tshark is not installed");
        Wire wire = Wire.all().findFirst().orElseThrow();
        Opened opened = open(wire, Map.of("mode", "stamp"));
        byte[] reply;
        try (Client client = new Client(wire, opened)) {
            client.send(testPacket(6, 44)).receive();
            reply = client.send(testPacket(7, 44)).receive();
        }
        Path file = directory.resolve("stamp.pcap");
        Files.write(file, capture(reply));
        Process tshark = new ProcessBuilder(
                        "/usr/bin/tshark", "-n", "-r", file.toString(), "-d", "udp.port==862,twamp.test", "-V")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tshark.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(text)
                .contains("TwoWay Active Measurement Test Protocol")
                .containsPattern("Sequence Number: 1\\b")
                .containsPattern("Sender Sequence Number: 7\\b")
                .contains("Sender Error Estimate: 35339")
                .containsPattern("Sender TTL: 255");
    }

    /** A capture file with one UDP packet over IPv4 from port 862, without link layer (LINKTYPE_RAW). */
    private static byte[] capture(byte[] payload) {
        int udp = 8 + payload.length;
        ByteBuffer file = ByteBuffer.allocate(24 + 16 + 20 + udp);
        file.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(101);
        file.putInt(0).putInt(0).putInt(20 + udp).putInt(20 + udp);
        file.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + udp))
                .putInt(0)
                .put((byte) 64)
                .put((byte) 17);
        file.putShort((short) 0).putInt(0x7f000001).putInt(0x7f000001);
        file.putShort((short) 862)
                .putShort((short) 50_000)
                .putShort((short) udp)
                .putShort((short) 0);
        return file.put(payload).array();
    }

    /** On a wildcard address the sender may be forged, so a reply is never longer than its request. */
    @OnEveryWire
    void nothingIsAmplifiedWhereTheSenderMayBeForged(Wire wire) throws IOException {
        List<Map<String, Object>> replies = List.of(
                Map.of("mode", "discard"),
                Map.of("mode", "fixed", "text", "0123456789"),
                Map.of("mode", "identity"),
                Map.of("mode", "delayed"),
                Map.of("mode", "stamp"));
        for (Map<String, Object> reply : replies) {
            Opened opened = open(wire, wire.wildcard(), reply);
            try (Client client = new Client(wire, opened)) {
                int sent = 0;
                for (int size : new int[] {0, 3, 9, 10, 13, 14, 20, 41, 44, 60, 1_000}) {
                    client.send(new byte[size]);
                    sent++;
                }
                int all = sent;
                await().until(() -> opened.read().receivedMessages() == all);
                await().until(() -> opened.read().sentMessages()
                                + opened.read().dropped().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()
                        == all);
            }
            assertThat(opened.read().sentBytes())
                    .as(reply.toString())
                    .isLessThanOrEqualTo(opened.read().receivedBytes());
            if ("fixed".equals(reply.get("mode"))) {
                assertThat(opened.read().dropped().get(DropReason.AMPLIFICATION))
                        .isEqualTo(3);
            }
        }
    }

    @OnEveryWire
    void aChangeAppliesToTheNextDatagram(Wire wire) throws IOException {
        Opened opened = endpoints.udp(wire);
        try (Client client = new Client(wire, opened)) {
            assertThat(client.send(ascii("a")).receive()).isEqualTo(ascii("a"));
            opened.endpoint()
                    .apply(Endpoints.spec(wire.loopback(), opened.port(), UdpSettings.defaults())
                            .answering(ReplySettings.with(Map.of("reply", Map.of("mode", "fixed", "text", "b")))));
            assertThat(client.send(ascii("a")).receive()).isEqualTo(ascii("b"));
            opened.endpoint().apply(Endpoints.spec(wire.loopback(), opened.port(), UdpSettings.defaults()));
            assertThat(client.send(ascii("a")).receive()).isEqualTo(ascii("a"));
        }
    }

    /** Faults on what arrives see the request, faults on replies the reply. */
    @OnEveryWire
    void repliesPassTheFaultsOfTheirDirection(Wire wire) throws IOException {
        Opened opened = open(wire, Map.of("mode", "fixed", "text", "0123456789"));
        Faults.add(opened.faults(), "truncate", "bytes", 4);
        Faults.add(opened.faults(), "drop", "direction", "in", "when", Map.of("every", 2));
        try (Client client = new Client(wire, opened)) {
            assertThat(client.send(ascii("?")).receive()).isEqualTo(ascii("0123"));
            client.send(ascii("?"));
            awaitDropped(opened, DropReason.FAULT, 1);
            opened.faults().remove("truncate");
            assertThat(client.send(ascii("?")).receive()).isEqualTo(ascii("0123456789"));
        }
    }
}
