package dev.canyon.inspect.pcapng;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.engine.peer.Direction;
import dev.canyon.inspect.capture.Captured;
import dev.canyon.inspect.capture.CapturedClose;
import dev.canyon.inspect.capture.CapturedMessage;
import dev.canyon.net.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are read back with tshark, the reference for what Wireshark accepts. */
class PcapngWriterTest {

    private static final Instant START = Instant.parse("2026-11-22T13:00:00.123456789Z");

    @TempDir
    Path directory;

    private final Random random = new Random(1);
    private final List<Captured> captured = new ArrayList<>();
    private List<String> faults = List.of();

    @BeforeEach
    void requireTshark() {
        Tshark.require();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
    void aFollowedStreamGivesWhatWasSaid(String host) throws Exception {
        byte[] question = "Hello karl".getBytes(StandardCharsets.UTF_8);
        byte[] odd = bytes(1_001);
        tcp(1, host, 50_001, Direction.IN, question);
        tcp(1, host, 50_001, Direction.OUT, question);
        tcp(1, host, 50_001, Direction.IN, odd);
        tcp(1, host, 50_001, Direction.OUT, odd);
        close(1, Direction.IN, false);
        Tshark tshark = written();
        tshark.requireNoWarnings();
        Tshark.Talk talk = tshark.follow(0);
        assertThat(talk.byClient()).isEqualTo(joined(question, odd));
        assertThat(talk.byServer()).isEqualTo(joined(question, odd));
        String ip = host.contains(":") ? "ipv6" : "ip";
        assertThat(tshark.fields(
                        "tcp",
                        ip + ".src",
                        "tcp.srcport",
                        "tcp.dstport",
                        "tcp.flags.str",
                        "tcp.len",
                        "tcp.seq",
                        "tcp.ack"))
                .containsExactly(
                        host + "\t50001\t7007\t··········S·\t0\t0\t0",
                        listener(host) + "\t7007\t50001\t·······A··S·\t0\t0\t1",
                        host + "\t50001\t7007\t·······A····\t0\t1\t1",
                        host + "\t50001\t7007\t·······AP···\t10\t1\t1",
                        listener(host) + "\t7007\t50001\t·······AP···\t10\t1\t11",
                        host + "\t50001\t7007\t·······AP···\t1001\t11\t11",
                        listener(host) + "\t7007\t50001\t·······AP···\t1001\t11\t1012",
                        host + "\t50001\t7007\t·······A···F\t0\t1012\t1012",
                        listener(host) + "\t7007\t50001\t·······A···F\t0\t1012\t1013",
                        host + "\t50001\t7007\t·······A····\t0\t1013\t1013");
    }

    @Test
    void separatesConnectionsThatReuseTheSamePorts() throws Exception {
        List<byte[]> said = new ArrayList<>(Collections.nCopies(5, new byte[0]));
        for (int i = 0; i < 200; i++) {
            int connection = random.nextInt(5);
            byte[] message = bytes(1 + random.nextInt(3_000));
            tcp(connection, "192.0.2.1", 50_000 + connection, Direction.IN, message);
            tcp(connection, "192.0.2.1", 50_000 + connection, Direction.OUT, message);
            said.set(connection, joined(said.get(connection), message));
        }
        close(3, Direction.OUT, false);
        byte[] again = bytes(100);
        tcp(1_000, "192.0.2.1", 50_003, Direction.IN, again);
        Tshark tshark = written();
        tshark.requireNoWarnings();
        List<String> streams = tshark.fields("tcp.flags.syn == 1 && tcp.flags.ack == 0", "tcp.srcport", "tcp.stream");
        assertThat(streams).hasSize(6);
        for (int i = 0; i < 5; i++) {
            String[] portAndStream = streams.get(i).split("\t", -1);
            Tshark.Talk talk = tshark.follow(Integer.parseInt(portAndStream[1]));
            byte[] expected = said.get(Integer.parseInt(portAndStream[0]) - 50_000);
            assertThat(talk.byClient()).isEqualTo(expected);
            assertThat(talk.byServer()).isEqualTo(expected);
        }
        assertThat(tshark.follow(5).byClient()).isEqualTo(again);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
    void largeMessagesAreSplitAndNoWindowIsEverFull(String host) throws Exception {
        byte[] first = bytes(65_496);
        byte[] second = bytes(1_000_000);
        tcp(1, host, 50_001, Direction.IN, first);
        tcp(1, host, 50_001, Direction.IN, second);
        tcp(1, host, 50_001, Direction.OUT, second);
        close(1, Direction.OUT, false);
        Tshark tshark = written();
        tshark.requireNoWarnings();
        assertThat(tshark.follow(0).byClient()).isEqualTo(joined(first, second));
        assertThat(tshark.follow(0).byServer()).isEqualTo(second);
        assertThat(tshark.fields("tcp.checksum.status != 1", "frame.number")).isEmpty();
    }

    @Test
    void aResetAppearsAsRst() throws Exception {
        tcp(1, "192.0.2.1", 50_001, Direction.IN, bytes(10));
        close(1, Direction.IN, true);
        assertThat(written().fields("tcp.flags.reset == 1", "tcp.srcport")).containsExactly("50001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
    void datagramsAreAsTheyCame(String host) throws Exception {
        int largest = host.contains(":") ? 65_527 : 65_507;
        List<byte[]> datagrams = new ArrayList<>();
        for (int size : new int[] {0, 1, 2, 1_472, 1_473, 65_506, largest}) {
            datagrams.add(bytes(size));
        }
        for (byte[] datagram : datagrams) {
            udp(host, Direction.IN, datagram, datagram.length);
            udp(host, Direction.OUT, datagram, datagram.length);
        }
        Tshark tshark = written();
        tshark.requireNoWarnings();
        List<String> payloads = tshark.fields("udp", "udp.payload");
        for (int i = 0; i < datagrams.size(); i++) {
            String expected = HexFormat.of().formatHex(datagrams.get(i));
            assertThat(payloads.get(2 * i)).isEqualTo(expected);
            assertThat(payloads.get(2 * i + 1)).isEqualTo(expected);
        }
        assertThat(tshark.fields("udp.checksum.status != 1", "frame.number")).isEmpty();
        assertThat(tshark.fields("udp.length > 8 && udp.srcport == 7007", "udp.dstport"))
                .hasSize(6)
                .containsOnly("50001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
    void whatWasCutOffShowsAsCutOff(String host) throws Exception {
        int headers = host.contains(":") ? 40 : 20;
        udp(host, Direction.IN, bytes(100), 5_000);
        captured.add(message(Protocol.TCP, 1, host, 50_001, Direction.IN, bytes(101), 70_000));
        tcp(1, host, 50_001, Direction.OUT, bytes(10));
        Tshark tshark = written();
        tshark.requireNoWarnings();
        assertThat(tshark.fields("frame.cap_len < frame.len", "frame.cap_len", "frame.len"))
                .containsExactly(
                        (headers + 8 + 100) + "\t" + (headers + 8 + 5_000),
                        (headers + 20 + 101) + "\t" + (headers + 20 + 65_495),
                        (headers + 20) + "\t" + (headers + 20 + 70_000 - 65_495));
        assertThat(tshark.fields("tcp.srcport == 7007 && tcp.len > 0", "tcp.ack"))
                .containsExactly("70001");
    }

    @Test
    void keepsTimestampsAndDirections() throws Exception {
        udp("192.0.2.1", Direction.IN, bytes(1), 1);
        captured.add(new CapturedMessage(
                START.plusNanos(1),
                Direction.OUT,
                Protocol.UDP,
                0,
                new InetSocketAddress("192.0.2.7", 7007),
                new InetSocketAddress("192.0.2.1", 50_001),
                bytes(1),
                1,
                List.of()));
        assertThat(written().fields("udp", "frame.time_epoch", "frame.packet_flags_direction", "ip.src", "udp.srcport"))
                .containsExactly(
                        START.getEpochSecond() + ".123456789\t0x00000001\t192.0.2.1\t50001",
                        START.getEpochSecond() + ".123456790\t0x00000002\t192.0.2.7\t7007");
    }

    @Test
    void faultsAreCommentsOfThePacketsOfTheirMessage() throws Exception {
        udp("192.0.2.1", Direction.IN, bytes(3), 3);
        faults = List.of("slow", "twice");
        udp("192.0.2.1", Direction.OUT, bytes(3), 3);
        faults = List.of("odd");
        tcp(1, "192.0.2.1", 50_001, Direction.OUT, bytes(70_001));
        faults = List.of();
        tcp(1, "192.0.2.1", 50_001, Direction.IN, bytes(1));
        Tshark tshark = written();
        tshark.requireNoWarnings();
        assertThat(tshark.fields("udp", "frame.comment")).containsExactly("", "Canyon faults: slow, twice");
        assertThat(tshark.fields("tcp", "tcp.len", "frame.comment"))
                .containsExactly(
                        "0\t",
                        "0\t",
                        "0\t",
                        "65495\tCanyon faults: odd",
                        (70_001 - 65_495) + "\tCanyon faults: odd",
                        "1\t");
    }

    @Test
    void writesAValidFileForAnEmptyCapture() throws Exception {
        close(1, Direction.IN, false);
        assertThat(written().fields("frame", "frame.number")).isEmpty();
    }

    @Test
    void rejectsImpossibleMessages() {
        InetSocketAddress v4 = new InetSocketAddress("192.0.2.1", 1);
        InetSocketAddress v6 = new InetSocketAddress("2001:db8::1", 1);
        assertThatThrownBy(() ->
                        new CapturedMessage(START, Direction.IN, Protocol.UDP, 0, v4, v6, new byte[1], 1, List.of()))
                .hasMessageContaining("expected: of one family");
        assertThatThrownBy(() ->
                        new CapturedMessage(START, Direction.IN, Protocol.UDP, 0, v4, v4, new byte[2], 1, List.of()))
                .hasMessageContaining("expected: at least 2");
        assertThatThrownBy(() -> new CapturedMessage(
                        START, Direction.IN, Protocol.UDP, 0, v4, v4, new byte[2], 65_508, List.of()))
                .hasMessageContaining("expected: at most 65507");
    }

    private void tcp(long connection, String host, int port, Direction direction, byte[] payload) {
        captured.add(message(Protocol.TCP, connection, host, port, direction, payload, payload.length));
    }

    private void udp(String host, Direction direction, byte[] payload, int originalBytes) {
        captured.add(message(Protocol.UDP, 0, host, 50_001, direction, payload, originalBytes));
    }

    private CapturedMessage message(
            Protocol protocol,
            long connection,
            String host,
            int port,
            Direction direction,
            byte[] payload,
            int length) {
        return new CapturedMessage(
                START.plusMillis(captured.size()),
                direction,
                protocol,
                connection,
                new InetSocketAddress(listener(host), 7007),
                new InetSocketAddress(host, port),
                payload,
                length,
                faults);
    }

    private static String listener(String client) {
        return client.contains(":") ? "2001:db8::7" : "192.0.2.7";
    }

    private void close(long connection, Direction by, boolean reset) {
        captured.add(new CapturedClose(START.plusMillis(captured.size()), connection, by, reset));
    }

    private Tshark written() throws Exception {
        Path file = directory.resolve("capture.pcapng");
        try (OutputStream out = Files.newOutputStream(file)) {
            PcapngWriter writer = new PcapngWriter(out);
            for (Captured each : captured) {
                writer.write(each);
            }
        }
        return new Tshark(file);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}
