package dev.canyon.api.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import dev.canyon.inspect.pcapng.Tshark;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the downloaded file of real traffic with tshark. */
@Timeout(60)
class CaptureFileTest extends ApiTest {

    private static final String LISTENER = "/api/v1/listeners/c";
    private static final String CAPTURE = LISTENER + "/capture";
    private static final String WHOLE = "{\"maxBytesPerMessage\":65536}";

    @TempDir
    Path directory;

    private final Random random = new Random(1);

    @BeforeEach
    void requireTshark() {
        Tshark.require();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void everyConnectionCanBeFollowedByteByByte(String host) throws Exception {
        int port = create(host, "tcp");
        put(CAPTURE, WHOLE);
        List<Socket> clients = new ArrayList<>();
        List<byte[]> said = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(connect(host, port));
            said.add(new byte[0]);
        }
        for (int i = 0; i < 30; i++) {
            int client = i % 3;
            byte[] message = bytes(1 + random.nextInt(30_000));
            exchange(clients.get(client), message);
            said.set(client, joined(said.get(client), message));
        }
        for (Socket client : clients) {
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            client.close();
        }
        await().until(() -> get(LISTENER).at("/status/connections/active").intValue() == 0);
        Tshark tshark = download();
        tshark.requireNoWarnings();
        List<String> streams = tshark.fields("tcp.flags.syn == 1 && tcp.flags.ack == 0", "tcp.srcport", "tcp.stream");
        assertThat(streams).hasSize(3);
        for (String stream : streams) {
            String[] portAndStream = stream.split("\t", -1);
            int client = clients.stream()
                    .map(each -> String.valueOf(each.getLocalPort()))
                    .toList()
                    .indexOf(portAndStream[0]);
            Tshark.Talk talk = tshark.follow(Integer.parseInt(portAndStream[1]));
            assertThat(talk.byClient()).isEqualTo(said.get(client));
            assertThat(talk.byServer()).isEqualTo(said.get(client));
        }
        String version = host.contains(":") ? "ipv6" : "ip";
        assertThat(tshark.fields("tcp.flags.fin == 1", version + ".src", version + ".dst", "tcp.srcport"))
                .hasSize(6)
                .allMatch(line -> line.startsWith(host + "\t" + host + "\t"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void everyDatagramIsThereWhole(String host) throws Exception {
        int port = create(host, "udp");
        put(CAPTURE, WHOLE);
        List<String> expected = new ArrayList<>();
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName(host))) {
            client.setSoTimeout(10_000);
            for (int size : List.of(1, 0, 1_472, 1_473, 65_507, 2)) {
                byte[] datagram = bytes(size);
                client.send(new DatagramPacket(datagram, size, InetAddress.getByName(host), port));
                DatagramPacket reply = new DatagramPacket(new byte[65_535], 65_535);
                client.receive(reply);
                String hex = HexFormat.of().formatHex(datagram);
                expected.add(client.getLocalPort() + "\t" + port + "\t" + hex);
                expected.add(port + "\t" + client.getLocalPort() + "\t" + hex);
            }
        }
        await().until(() -> get(CAPTURE).at("/held").intValue() == expected.size());
        Tshark tshark = download();
        tshark.requireNoWarnings();
        assertThat(tshark.fields("udp", "udp.srcport", "udp.dstport", "udp.payload"))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void truncatedMessagesAndConnectionsCapturedMidwayAppearAsSuch() throws Exception {
        int port = create("127.0.0.1", "tcp");
        byte[] stream = bytes(1024 * 1024);
        try (Socket client = connect("127.0.0.1", port)) {
            exchange(client, bytes(100));
            put(CAPTURE, "{\"maxBytesPerMessage\":16}");
            for (int at = 0; at < stream.length; at += 16 * 1024) {
                exchange(client, Arrays.copyOfRange(stream, at, at + 16 * 1024));
            }
        }
        await().until(() -> get(LISTENER).at("/status/connections/active").intValue() == 0);
        Tshark tshark = download();
        tshark.requireNoWarnings();
        for (String direction : List.of("tcp.dstport == ", "tcp.srcport == ")) {
            List<String> lengths = tshark.fields(direction + port + " && tcp.len > 0", "tcp.len", "frame.cap_len");
            assertThat(lengths).allMatch(line -> Integer.parseInt(line.split("\t", -1)[1]) == 20 + 20 + 16);
            assertThat(lengths.stream()
                            .mapToInt(line -> Integer.parseInt(line.split("\t", -1)[0]))
                            .sum())
                    .isEqualTo(stream.length);
        }
    }

    @Test
    void aListenerWithoutACaptureYieldsAnEmptyFile() throws Exception {
        create("127.0.0.1", "tcp");
        assertThat(download().fields("frame", "frame.number")).isEmpty();
    }

    private Tshark download() throws Exception {
        HttpResponse<Path> response = HttpClient.newHttpClient()
                .send(
                        request(CAPTURE + ".pcapng").build(),
                        HttpResponse.BodyHandlers.ofFile(directory.resolve("c.pcapng")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-pcapng");
        assertThat(response.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"c.pcapng\"");
        return new Tshark(response.body());
    }

    private int create(String host, String protocol) throws Exception {
        assertThat(create("{\"name\":\"c\",\"protocol\":\"" + protocol + "\",\"port\":0,\"host\":\"" + host + "\"}")
                        .status())
                .isEqualTo(201);
        return get(LISTENER).at("/status/port").intValue();
    }

    private static Socket connect(String host, int port) throws IOException {
        Socket client = new Socket(host, port);
        client.setSoTimeout(10_000);
        return client;
    }

    private static void exchange(Socket client, byte[] bytes) throws IOException {
        client.getOutputStream().write(bytes);
        assertThat(client.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
