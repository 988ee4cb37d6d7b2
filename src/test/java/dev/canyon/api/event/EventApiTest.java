package dev.canyon.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import dev.canyon.api.http.Cursor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventApiTest extends ApiTest {

    private static final String LISTENER = "/api/v1/listeners/e";
    private static final String EVENTS = LISTENER + "/events";

    @Test
    void recordsTheLifeOfATcpListenerAsSocketCalls() throws Exception {
        int port = createTcp("\"tcp\":{\"backlog\":5}");
        int clientPort;
        try (Socket client = connect(port)) {
            clientPort = client.getLocalPort();
            client.getOutputStream().write(new byte[10]);
            assertThat(client.getInputStream().readNBytes(10)).hasSize(10);
        }
        awaitTypes("bound", "listening", "accepted", "closed");
        post(LISTENER + "/stop");
        List<JsonNode> events = awaitTypes("bound", "listening", "accepted", "closed", "stopped");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id",
                            "firstId",
                            "at",
                            "firstAt",
                            "listener",
                            "type",
                            "remoteAddress",
                            "remotePort",
                            "detail",
                            "count",
                            "reason",
                            "connection",
                            "receivedBytes",
                            "sentBytes");
            assertThat(event.get("listener").stringValue()).isEqualTo("e");
            assertThat(event.get("count").intValue()).isEqualTo(1);
            assertThat(event.get("firstId")).isEqualTo(event.get("id"));
            assertThat(event.get("firstAt")).isEqualTo(event.get("at"));
            assertThat(Instant.parse(event.get("at").stringValue())).isBeforeOrEqualTo(Instant.now());
        });
        assertThat(events).extracting(EventApiTest::id).isSorted().doesNotHaveDuplicates();
        assertThat(detail(events.get(0))).isEqualTo("tcp socket bound to 127.0.0.1:" + port);
        assertThat(detail(events.get(1))).isEqualTo("listening on 127.0.0.1:" + port + " with a backlog of 5");
        for (JsonNode event : events.subList(2, 4)) {
            assertThat(event.get("remoteAddress").stringValue()).isEqualTo("127.0.0.1");
            assertThat(event.get("remotePort").intValue()).isEqualTo(clientPort);
            assertThat(event.get("connection")).isEqualTo(events.get(2).get("connection"));
        }
        JsonNode closed = events.get(3);
        assertThat(closed.get("reason").stringValue()).isEqualTo("client");
        assertThat(closed.get("receivedBytes").intValue()).isEqualTo(10);
        assertThat(closed.get("sentBytes").intValue()).isEqualTo(10);
        assertThat(detail(closed)).contains("by the client", "10 bytes received, 10 sent");
        assertThat(detail(events.get(4))).contains("127.0.0.1:" + port);
    }

    @Test
    void aUdpListenerBindsButDoesNotListen() throws Exception {
        create("{\"name\":\"e\",\"protocol\":\"udp\",\"port\":0,\"bufferBytes\":8}");
        int port = get(LISTENER).at("/status/port").intValue();
        List<JsonNode> events = awaitTypes("bound");
        assertThat(detail(events.get(0))).isEqualTo("udp socket bound to 127.0.0.1:" + port);
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            for (int i = 0; i < 5; i++) {
                client.send(new DatagramPacket(new byte[9], 9, InetAddress.getByName("127.0.0.1"), port));
            }
            JsonNode dropped = awaitRepeated("dropped", 5);
            assertThat(dropped.get("reason").stringValue()).isEqualTo("oversize");
            assertThat(dropped.get("remotePort").intValue()).isEqualTo(client.getLocalPort());
            assertThat(id(dropped)).isGreaterThan(firstId(dropped));
            assertThat(at(dropped))
                    .as("the first one is reported at once, the others a second later")
                    .isAfterOrEqualTo(
                            Instant.parse(dropped.get("firstAt").stringValue()).plusMillis(900));
        }
    }

    @Test
    void recordsWhyAConnectionWasClosed() throws Exception {
        int port = createTcp("\"drainTimeoutMs\":100,\"tcp\":{\"idleTimeoutMs\":200}");
        try (Socket client = connect(port)) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        List<JsonNode> idle = awaitTypes("bound", "listening", "accepted", "closed");
        assertThat(idle.get(3).get("reason").stringValue()).isEqualTo("idle");
        patch(LISTENER, "{\"tcp\":{\"idleTimeoutMs\":0}}");
        try (Socket client = connect(port)) {
            await().until(() ->
                    get(LISTENER + "/connections").body().get("items").size() == 1);
            String id = get(LISTENER + "/connections").at("/items/0/id").stringValue();
            delete(LISTENER + "/connections/" + id + "?mode=reset");
            JsonNode closed = awaitCount(6).get(5);
            assertThat(closed.get("reason").stringValue()).isEqualTo("operator");
            assertThat(closed.get("connection").stringValue()).isEqualTo(id);
            assertThat(closed.get("remotePort").intValue()).isEqualTo(client.getLocalPort());
        }
        try (Socket client = connect(port)) {
            awaitCount(7);
            post(LISTENER + "/stop");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            List<JsonNode> events = awaitCount(9);
            assertThat(events.get(7).get("reason").stringValue()).isEqualTo("drain");
            assertThat(type(events.get(8))).isEqualTo("stopped");
        }
    }

    @Test
    void recordsRejectedConnections() throws Exception {
        int port = createTcp("\"tcp\":{\"maxConnections\":1}");
        try (Socket first = connect(port)) {
            awaitCount(3);
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                try (Socket rejected = connect(port)) {
                    ports.add(rejected.getLocalPort());
                    assertThat(endOf(rejected)).isTrue();
                }
            }
            JsonNode rejected = awaitRepeated("rejected", 3);
            assertThat(rejected.get("reason").stringValue()).isEqualTo("max-connections");
            assertThat(rejected.get("remotePort").intValue()).isEqualTo(ports.get(2));
            first.getOutputStream().write(7);
            assertThat(first.getInputStream().read()).as("the first connection").isEqualTo(7);
        }
    }

    @Test
    void recordsAFailedBindWithItsNextRetry() throws Exception {
        int port = createTcp("\"drainTimeoutMs\":0");
        post(LISTENER + "/stop");
        // Another process has taken the port by the time the document is applied.
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            post(
                    "/api/v1/configuration/apply",
                    "{\"version\":1,\"listeners\":[{\"name\":\"e\",\"protocol\":\"tcp\",\"port\":" + port + "}]}");
            List<JsonNode> events = awaitCount(4);
            assertThat(other.isBound()).isTrue();
            assertThat(type(events.get(3))).isEqualTo("failed");
            assertThat(events.get(3).get("reason").stringValue()).isEqualTo("port-in-use");
            assertThat(detail(events.get(3))).contains(String.valueOf(port), "next retry at");
        }
    }

    @Test
    void pagesNewestFirstWhileEventsAreAdded() throws Exception {
        int port = createTcp("\"tcp\":{}");
        for (int i = 0; i < 20; i++) {
            exchange(port);
        }
        List<JsonNode> all = awaitCount(42);
        List<Long> seen = new ArrayList<>();
        Answer page = get(EVENTS + "?limit=10");
        while (true) {
            assertThat(page.body().get("items").size()).isLessThanOrEqualTo(10);
            page.body().get("items").forEach(event -> seen.add(id(event)));
            if (page.at("/nextCursor").isNull()) {
                break;
            }
            exchange(port);
            page = get(EVENTS + "?limit=10&cursor=" + page.at("/nextCursor").stringValue());
        }
        List<Long> expected = new ArrayList<>(all.stream().map(EventApiTest::id).toList());
        Collections.reverse(expected);
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void aBusyListenerEvictsOnlyItsOwnEvents() throws Exception {
        create("{\"name\":\"quiet\",\"protocol\":\"udp\",\"port\":0}");
        int port = createTcp("\"tcp\":{}");
        for (int i = 0; i < 200; i++) {
            exchange(port);
        }
        await().until(() -> get(LISTENER).at("/status/closed/client").intValue() == 200);
        await().until(() -> items(EVENTS + "?limit=1000").size() == 256);
        assertThat(oldestFirst().subList(0, 2)).extracting(EventApiTest::type).containsExactly("bound", "listening");
        assertThat(items("/api/v1/listeners/quiet/events")).hasSize(1);
        List<JsonNode> all = items("/api/v1/events?limit=1000");
        assertThat(all).extracting(EventApiTest::id).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(all).extracting(event -> event.get("listener").stringValue()).contains("quiet", "api-test-declared");
        assertThat(all.stream()
                        .filter(event -> event.get("listener").stringValue().equals("e")))
                .hasSize(256);
        delete("/api/v1/listeners/quiet");
        assertThat(get("/api/v1/listeners/quiet/events").code()).isEqualTo("listener-not-found");
        assertThat(items("/api/v1/events?limit=1000"))
                .as("removed with the listener")
                .noneMatch(event -> event.get("listener").stringValue().equals("quiet"));
    }

    @Test
    void probesAreOneEventAndHideNothing() throws Exception {
        int port = createTcp("\"tcp\":{}");
        exchange(port);
        for (int i = 0; i < 65; i++) {
            connect(port).close();
            try (Socket client = connect(port)) {
                client.setSoLinger(true, 0);
            }
        }
        await().until(() -> get(LISTENER).at("/status/closed/probe").intValue() == 130);
        JsonNode status = get(LISTENER).at("/status");
        assertThat(status.at("/connections/total").longValue())
                .isEqualTo(131)
                .isEqualTo(status.at("/connections/active").longValue()
                        + status.get("closed")
                                .valueStream()
                                .mapToLong(JsonNode::longValue)
                                .sum());
        await().untilAsserted(() -> assertThat(oldestFirst())
                .extracting(
                        event -> type(event) + " " + event.get("reason").stringValue("") + " x" + event.get("count"))
                .containsExactly(
                        "bound  x1", "listening  x1", "accepted  x1", "closed client x1", "closed probe x130"));
        JsonNode probes = oldestFirst().get(4);
        assertThat(probes.get("remoteAddress").stringValue()).isEqualTo("127.0.0.1");
        assertThat(probes.get("connection").isNull()).isTrue();
    }

    @Test
    void pagesThroughTheEventsOfAllListeners() throws Exception {
        createTcp("\"tcp\":{}");
        List<Long> whole = items("/api/v1/events?limit=1000").stream()
                .map(EventApiTest::id)
                .toList();
        List<Long> seen = new ArrayList<>();
        Answer page = get("/api/v1/events?limit=1");
        while (true) {
            seen.add(id(page.at("/items/0")));
            if (page.at("/nextCursor").isNull()) {
                break;
            }
            page = get("/api/v1/events?limit=1&cursor=" + page.at("/nextCursor").stringValue());
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(4).isEqualTo(whole);
    }

    @Test
    void rejectsInvalidRequests() throws Exception {
        createTcp("\"tcp\":{}");
        for (String path : List.of(EVENTS, "/api/v1/events")) {
            assertThat(get(path + "?limit=0&nonsense=1").fields()).containsExactlyInAnyOrder("limit", "nonsense");
            assertThat(get(path + "?cursor=rubbish").code()).isEqualTo("cursor-invalid");
            assertThat(get(path + "?cursor=" + Cursor.after("echo-tcp")).code()).isEqualTo("cursor-invalid");
        }
        assertThat(get("/api/v1/listeners/nobody/events").code()).isEqualTo("listener-not-found");
    }

    private int createTcp(String settings) throws Exception {
        Answer created = create("{\"name\":\"e\",\"protocol\":\"tcp\",\"port\":0," + settings + "}");
        assertThat(created.status()).isEqualTo(201);
        return created.at("/status/port").intValue();
    }

    /** Waits until the listener has exactly these events; oldest first. */
    private List<JsonNode> awaitTypes(String... types) throws Exception {
        await().untilAsserted(() ->
                assertThat(oldestFirst()).extracting(EventApiTest::type).containsExactly(types));
        return oldestFirst();
    }

    /** Waits until the only event of a type has this count. */
    private JsonNode awaitRepeated(String type, int count) throws Exception {
        await().untilAsserted(() -> assertThat(ofType(type))
                .singleElement()
                .satisfies(event -> assertThat(event.get("count").intValue()).isEqualTo(count)));
        return ofType(type).get(0);
    }

    private List<JsonNode> ofType(String type) throws Exception {
        return oldestFirst().stream().filter(event -> type(event).equals(type)).toList();
    }

    private List<JsonNode> awaitCount(int count) throws Exception {
        await().untilAsserted(() -> assertThat(oldestFirst()).hasSize(count));
        return oldestFirst();
    }

    private List<JsonNode> oldestFirst() throws Exception {
        List<JsonNode> events = items(EVENTS + "?limit=1000");
        Collections.reverse(events);
        return events;
    }

    private List<JsonNode> items(String path) throws Exception {
        return new ArrayList<>(get(path).body().get("items").valueStream().toList());
    }

    private static long id(JsonNode event) {
        return Long.parseLong(event.get("id").stringValue());
    }

    private static long firstId(JsonNode event) {
        return Long.parseLong(event.get("firstId").stringValue());
    }

    private static Instant at(JsonNode event) {
        return Instant.parse(event.get("at").stringValue());
    }

    private static String type(JsonNode event) {
        return event.get("type").stringValue();
    }

    private static String detail(JsonNode event) {
        return event.get("detail").stringValue();
    }

    /** A connection with a byte in each direction. */
    private static void exchange(int port) throws IOException {
        try (Socket client = connect(port)) {
            client.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        client.setSoTimeout(10_000);
        return client;
    }

    /** Whether the peer closes the connection, with FIN or RST. */
    private static boolean endOf(Socket client) {
        try {
            return client.getInputStream().read() == -1;
        } catch (IOException ex) {
            return true;
        }
    }
}
