package dev.canyon.api.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import dev.canyon.api.http.Cursor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class CaptureApiTest extends ApiTest {

    private static final String LISTENER = "/api/v1/listeners/c";
    private static final String CAPTURE = LISTENER + "/capture";
    private static final String MESSAGES = CAPTURE + "/messages";

    @Test
    void isDisabledUntilPutAndRemovedByDelete() throws Exception {
        int port = createTcp();
        say(port, "before");
        String off = "{\"enabled\":false,\"maxMessages\":1000,\"maxBytesPerMessage\":4096,\"ttlMs\":900000,"
                + "\"held\":0,\"evicted\":0}";
        assertThat(get(CAPTURE).response().body()).isEqualTo(off);
        assertThat(get(MESSAGES).at("/items").isEmpty()).isTrue();
        Answer on = put(CAPTURE, "{}");
        assertThat(on.status()).isEqualTo(200);
        assertThat(on.response().body()).isEqualTo(off.replace("false", "true"));
        say(port, "Hello karl");
        awaitHeld(2);
        assertThat(get(MESSAGES).at("/items/0/text").stringValue()).isEqualTo("Hello karl");
        // A view can be sent back.
        assertThat(put(CAPTURE, get(CAPTURE).response().body()).at("/held").intValue())
                .isEqualTo(2);
        assertThat(put(CAPTURE, "{\"enabled\":false}").at("/held").intValue()).isEqualTo(2);
        say(port, "paused");
        assertThat(get(CAPTURE).at("/held").intValue()).isEqualTo(2);
        assertThat(delete(CAPTURE).at("/held").intValue()).isEqualTo(2);
        assertThat(get(CAPTURE).response().body()).isEqualTo(off);
        assertThat(delete(CAPTURE).response().body()).isEqualTo(off);
    }

    @Test
    void capturedMessagesDoNotEvictEvents() throws Exception {
        int port = createTcp();
        say(port, "before");
        put(CAPTURE, "{}");
        try (Socket client = connect(port)) {
            for (int i = 0; i < 400; i++) {
                client.getOutputStream().write(7);
                assertThat(client.getInputStream().read()).isEqualTo(7);
            }
        }
        await().until(() -> get(CAPTURE).at("/held").intValue() == 800);
        put(CAPTURE, "{\"maxMessages\":500}");
        put(CAPTURE, "{\"enabled\":false}");
        put(CAPTURE, "{}");
        delete(CAPTURE);
        delete(CAPTURE);
        await().untilAsserted(() -> assertThat(get(LISTENER + "/events")
                        .at("/items")
                        .valueStream()
                        .map(event -> event.get("type").stringValue())
                        .sorted())
                .containsExactly(
                        "accepted",
                        "accepted",
                        "bound",
                        "capture-paused",
                        "capture-started",
                        "capture-started",
                        "capture-stopped",
                        "closed",
                        "closed",
                        "listening"));
        assertThat(get(LISTENER + "/events")
                        .at("/items")
                        .valueStream()
                        .map(event -> event.get("detail").stringValue()))
                .contains(
                        "capture started: the newest 1000 messages, 4096 bytes of each, for at most 900 s",
                        "capture stopped; 500 messages discarded");
    }

    @Test
    void limitsConcurrentDownloads() throws Exception {
        int port = createTcp();
        put(CAPTURE, "{\"maxMessages\":100000,\"maxBytesPerMessage\":65536}");
        // More than the socket buffers can hold.
        byte[] message = new byte[64 * 1024];
        try (Socket client = connect(port)) {
            for (int i = 0; i < 200; i++) {
                client.getOutputStream().write(message);
                assertThat(client.getInputStream().readNBytes(message.length)).hasSize(message.length);
            }
        }
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Socket download = new Socket();
                stalled.add(download);
                download.setReceiveBufferSize(4 * 1024);
                download.setSoTimeout(10_000);
                download.connect(new InetSocketAddress("127.0.0.1", serverPort));
                download.getOutputStream()
                        .write(("GET " + CAPTURE + ".pcapng HTTP/1.0\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(download.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
            }
            Answer refused = get(CAPTURE + ".pcapng");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("limit-reached");
            assertThat(refused.at("/limit").stringValue()).isEqualTo("capture-downloads");
            assertThat(get("/api/v1/listeners/nobody/capture.pcapng").code()).isEqualTo("listener-not-found");
            stalled.get(0).close();
            await().until(() -> get(CAPTURE + ".pcapng").status() == 200);
        } finally {
            for (Socket download : stalled) {
                download.close();
            }
        }
    }

    @Test
    void showsEveryFieldOfAMessage() throws Exception {
        int port = createTcp();
        put(CAPTURE, "{\"maxBytesPerMessage\":5}");
        try (Socket client = connect(port)) {
            Instant before = Instant.now().minusMillis(5);
            exchange(client, "Grüß Gott");
            Answer page = awaitHeld(2);
            JsonNode in = page.at("/items/0");
            assertThat(in.propertyNames())
                    .containsExactly(
                            "id",
                            "at",
                            "direction",
                            "remoteAddress",
                            "remotePort",
                            "bytes",
                            "truncated",
                            "base64",
                            "text",
                            "faults",
                            "decrypted");
            assertThat(in.get("faults").isEmpty()).isTrue();
            assertThat(in.get("id").stringValue()).isEqualTo("1");
            assertThat(Instant.parse(in.get("at").stringValue()))
                    .isBetween(before, Instant.now().plusMillis(5));
            assertThat(in.get("direction").stringValue()).isEqualTo("in");
            assertThat(in.get("remoteAddress").stringValue()).isEqualTo("127.0.0.1");
            assertThat(in.get("remotePort").intValue()).isEqualTo(client.getLocalPort());
            assertThat(in.get("bytes").intValue()).isEqualTo(11);
            assertThat(in.get("truncated").booleanValue()).isTrue();
            byte[] head = Arrays.copyOf("Grüß".getBytes(StandardCharsets.UTF_8), 5);
            assertThat(Base64.getDecoder().decode(in.get("base64").stringValue()))
                    .isEqualTo(head);
            // The second two-byte character is cut in two.
            assertThat(in.get("text").stringValue()).isEqualTo("Grü");
            assertThat(page.at("/items/1/direction").stringValue()).isEqualTo("out");
            assertThat(page.body().propertyNames()).containsExactly("items", "nextCursor", "evicted");
            exchange(client, new byte[] {'a', (byte) 0xFF});
            JsonNode binary = awaitHeld(4).at("/items/2");
            assertThat(binary.get("text").isNull()).isTrue();
            assertThat(binary.get("truncated").booleanValue()).isFalse();
        }
    }

    @Test
    void namesTheFaultsThatWereAppliedToAMessage() throws Exception {
        int port = createUdp();
        put(CAPTURE, "{}");
        post(LISTENER + "/faults", "{\"id\": \"lossy\", \"type\": \"drop\", \"when\": {\"every\": 2}}");
        post(LISTENER + "/faults", "{\"id\": \"slow\", \"type\": \"latency\", \"delayMs\": 1}");
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(10_000);
            exchange(client, port, "one");
            byte[] two = {'t', 'w', 'o'};
            client.send(new DatagramPacket(two, two.length, InetAddress.getByName("127.0.0.1"), port));
            Answer page = awaitHeld(3);
            assertThat(page.at("/items/0/faults").isEmpty()).isTrue();
            assertThat(page.at("/items/1/direction").stringValue()).isEqualTo("out");
            assertThat(page.at("/items/1/faults").toString()).isEqualTo("[\"slow\"]");
            await().untilAsserted(() ->
                    assertThat(get(MESSAGES).at("/items/2/faults").toString()).isEqualTo("[\"lossy\"]"));
        }
    }

    @Test
    void aCursorContinuesAfterThePageWhileMessagesAreEvicted() throws Exception {
        int port = createUdp();
        put(CAPTURE, "{\"maxMessages\":4}");
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            exchange(client, port, "a");
            exchange(client, port, "b");
            awaitHeld(4);
            Answer first = get(MESSAGES + "?limit=1");
            assertThat(texts(first)).containsExactly("a");
            exchange(client, port, "c");
            await().until(() -> get(CAPTURE).at("/evicted").intValue() == 2);
            Answer rest = get(MESSAGES + "?cursor=" + cursor(first));
            assertThat(texts(rest)).containsExactly("b", "b", "c", "c");
            assertThat(rest.at("/evicted").intValue()).isEqualTo(1);
            Answer none = get(MESSAGES + "?cursor=" + cursor(rest));
            assertThat(texts(none)).isEmpty();
            assertThat(cursor(none)).isEqualTo(cursor(rest));
            // All messages of the next capture follow.
            delete(CAPTURE);
            put(CAPTURE, "{}");
            exchange(client, port, "d");
            awaitHeld(2);
            assertThat(texts(get(MESSAGES + "?cursor=" + cursor(rest)))).containsExactly("d", "d");
        }
    }

    @Test
    void waitsForTheNextMessageAndRespondsAsSoonAsItIsCaptured() throws Exception {
        int port = createUdp();
        put(CAPTURE, "{}");
        String empty = cursor(get(MESSAGES));
        long begun = System.nanoTime();
        Answer nothing = get(MESSAGES + "?waitMs=300&cursor=" + empty);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(texts(nothing)).isEmpty();
        assertThat(cursor(nothing)).isEqualTo(empty);
        CompletableFuture<Answer> waiting = getLater(MESSAGES + "?waitMs=60000&cursor=" + empty);
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            exchange(client, port, "now");
            assertThat(texts(waiting.get(20, TimeUnit.SECONDS))).startsWith("now");
        }
        awaitHeld(2);
        String end = cursor(get(MESSAGES));
        CompletableFuture<Answer> pausing = getLater(MESSAGES + "?waitMs=60000&cursor=" + end);
        put(CAPTURE, "{\"enabled\":false}");
        assertThat(texts(pausing.get(20, TimeUnit.SECONDS))).isEmpty();
        // Does not wait while paused or without a capture.
        assertThat(texts(get(MESSAGES + "?waitMs=60000&cursor=" + end))).isEmpty();
        put(CAPTURE, "{}");
        CompletableFuture<Answer> ending = getLater(MESSAGES + "?waitMs=60000&cursor=" + end);
        delete(LISTENER);
        assertThat(ending.get(20, TimeUnit.SECONDS).status()).isIn(200, 404);
    }

    @Test
    void survivesStopAndStartAndIsRemovedWithTheListener() throws Exception {
        say(createTcp(), "kept?");
        put(CAPTURE, "{}");
        post(LISTENER + "/stop");
        post(LISTENER + "/start");
        say(get(LISTENER).at("/status/port").intValue(), "kept");
        awaitHeld(2);
        post(LISTENER + "/stop");
        assertThat(texts(get(MESSAGES))).containsExactly("kept", "kept");
        delete(LISTENER);
        assertThat(get(CAPTURE).code()).isEqualTo("listener-not-found");
        createTcp();
        assertThat(get(CAPTURE).at("/held").intValue()).isZero();
        assertThat(get(CAPTURE).at("/enabled").booleanValue()).isFalse();
    }

    @Test
    void rejectsInvalidRequests() throws Exception {
        createTcp();
        assertThat(put(CAPTURE, "{\"maxMessages\":0,\"maxBytesPerMessage\":65537,\"ttlMs\":999,\"enabled\":1,\"x\":1}")
                        .fields())
                .containsExactlyInAnyOrder("maxMessages", "maxBytesPerMessage", "ttlMs", "enabled", "x");
        assertThat(get(CAPTURE).at("/enabled").booleanValue()).isFalse();
        assertThat(get(MESSAGES + "?limit=0&waitMs=60001&since=1").fields())
                .containsExactlyInAnyOrder("limit", "waitMs", "since");
        for (String wait : List.of("-1", "x", "1.5", "", "99999999999")) {
            assertThat(get(MESSAGES + "?waitMs=" + wait).fields()).as(wait).containsExactly("waitMs");
        }
        for (String cursor : List.of("rubbish", Cursor.after("1"), Cursor.after("1.x"), Cursor.after("-1.1"))) {
            assertThat(get(MESSAGES + "?cursor=" + cursor).code()).as(cursor).isEqualTo("cursor-invalid");
        }
        String nobody = "/api/v1/listeners/nobody/capture";
        assertThat(get(nobody).code()).isEqualTo("listener-not-found");
        assertThat(put(nobody, "{\"x\":1}").code()).isEqualTo("listener-not-found");
        assertThat(delete(nobody).code()).isEqualTo("listener-not-found");
        assertThat(get(nobody + "/messages?waitMs=60000").code()).isEqualTo("listener-not-found");
        assertThat(get(nobody + ".pcapng").code()).isEqualTo("listener-not-found");
    }

    private CompletableFuture<Answer> getLater(String path) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return get(path);
            } catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        });
    }

    private Answer awaitHeld(int count) throws Exception {
        await().until(() -> get(MESSAGES).at("/items").size() == count);
        return get(MESSAGES);
    }

    private static List<String> texts(Answer page) {
        return page.at("/items").values().stream()
                .map(item -> item.get("text").stringValue())
                .toList();
    }

    private static String cursor(Answer page) {
        return page.at("/nextCursor").stringValue();
    }

    private int createTcp() throws Exception {
        return created("tcp");
    }

    private int createUdp() throws Exception {
        return created("udp");
    }

    private int created(String protocol) throws Exception {
        assertThat(create("{\"name\":\"c\",\"protocol\":\"" + protocol + "\",\"port\":0}")
                        .status())
                .isEqualTo(201);
        return get(LISTENER).at("/status/port").intValue();
    }

    private static Socket connect(int port) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        client.setSoTimeout(10_000);
        return client;
    }

    private static void say(int port, String text) throws IOException {
        try (Socket client = connect(port)) {
            exchange(client, text);
        }
    }

    private static void exchange(Socket client, String text) throws IOException {
        exchange(client, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void exchange(Socket client, byte[] bytes) throws IOException {
        client.getOutputStream().write(bytes);
        assertThat(client.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
    }

    private static void exchange(DatagramSocket client, int port, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        client.setSoTimeout(10_000);
        client.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName("127.0.0.1"), port));
        client.receive(new DatagramPacket(new byte[100], 100));
    }
}
