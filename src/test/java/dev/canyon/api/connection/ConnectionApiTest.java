package dev.canyon.api.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.canyon.api.ApiTest;
import dev.canyon.api.http.Cursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

@Timeout(120)
@Isolated("holds most descriptors of the process")
class ConnectionApiTest extends ApiTest {

    private static final String LISTENER = "/api/v1/listeners/c";
    private static final String CONNECTIONS = LISTENER + "/connections";
    private static final int CROWD = 10_000;

    /** Descriptors reserved for the JVM and the other tests. */
    private static final int OTHER_DESCRIPTORS = 3_000;

    @Test
    void showsEveryFieldOfAConnection() throws Exception {
        try (Socket client = connect(createTcp())) {
            say(client, "Hello karl");
            JsonNode item = only(awaitCount(1));
            assertThat(item.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id",
                            "protocol",
                            "remoteAddress",
                            "remotePort",
                            "localAddress",
                            "localPort",
                            "openedAt",
                            "receivedBytes",
                            "receivedMessages",
                            "sentBytes",
                            "pendingBytes",
                            "idleMs",
                            "pausedBy",
                            "tls",
                            "proxyAddress",
                            "proxyPort",
                            "proxyHeader");
            assertThat(item.get("tls").isNull()).isTrue();
            assertThat(item.get("proxyHeader").isNull()).isTrue();
            assertThat(item.get("id").stringValue()).matches("[1-9][0-9]*");
            assertThat(item.get("protocol").stringValue()).isEqualTo("tcp");
            assertThat(item.get("remoteAddress").stringValue()).isEqualTo("127.0.0.1");
            assertThat(item.get("remotePort").intValue()).isEqualTo(client.getLocalPort());
            assertThat(item.get("localAddress").stringValue()).isEqualTo("127.0.0.1");
            assertThat(item.get("localPort").intValue()).isEqualTo(client.getPort());
            assertThat(Instant.parse(item.get("openedAt").stringValue())).isBefore(Instant.now());
            assertThat(item.get("receivedBytes").longValue()).isEqualTo(10);
            assertThat(item.get("receivedMessages").longValue()).isPositive();
            assertThat(item.get("sentBytes").longValue()).isEqualTo(10);
            assertThat(item.get("pendingBytes").longValue()).isZero();
            assertThat(item.get("idleMs").longValue()).isBetween(0L, 60_000L);
            assertThat(item.get("pausedBy").isEmpty()).isTrue();
        }
        awaitCount(0);
    }

    @Test
    void saysWhyAConnectionIsNotRead() throws Exception {
        try (SocketChannel client = SocketChannel.open()) {
            client.setOption(StandardSocketOptions.SO_RCVBUF, 4 * 1024);
            client.connect(new InetSocketAddress("127.0.0.1", createTcp()));
            client.configureBlocking(false);
            ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
            await().untilAsserted(() -> {
                // Until the buffers are full: the client never reads.
                while (client.write(chunk.clear()) > 0) {
                    Thread.onSpinWait();
                }
                JsonNode item = only(awaitCount(1));
                assertThat(item.get("pausedBy").toString()).isEqualTo("[\"back-pressure\"]");
                assertThat(item.get("pendingBytes").longValue()).isPositive();
            });
        }
        awaitCount(0);
    }

    @Test
    void closesWithFinUnlessResetIsRequested() throws Exception {
        int port = createTcp();
        try (Socket gentle = connect(port);
                Socket abrupt = connect(port)) {
            say(gentle, "one");
            say(abrupt, "three");
            JsonNode items = awaitCount(2).body().get("items");
            Answer fin = delete(CONNECTIONS + "/" + items.at("/0/id").stringValue());
            assertThat(fin.status()).isEqualTo(200);
            assertThat(fin.at("/remotePort").intValue()).isEqualTo(gentle.getLocalPort());
            assertThat(fin.at("/sentBytes").longValue()).isEqualTo(3);
            assertThat(gentle.getInputStream().read()).isEqualTo(-1);
            Answer reset = delete(CONNECTIONS + "/" + items.at("/1/id").stringValue() + "?mode=reset");
            assertThat(reset.status()).isEqualTo(200);
            assertThat(reset.at("/remotePort").intValue()).isEqualTo(abrupt.getLocalPort());
            assertThatThrownBy(() -> abrupt.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            Answer again = delete(CONNECTIONS + "/" + items.at("/1/id").stringValue());
            assertThat(again.status()).isEqualTo(404);
            assertThat(again.code()).isEqualTo("connection-not-found");
        }
        assertThat(get(LISTENER).at("/status/closed/operator").intValue()).isEqualTo(2);
        assertThat(get(LISTENER).at("/status/connections/active").intValue()).isZero();
    }

    @Test
    void rejectsInvalidRequests() throws Exception {
        createTcp();
        assertThat(get(CONNECTIONS + "?limit=0&nonsense=1").fields()).containsExactlyInAnyOrder("limit", "nonsense");
        assertThat(get(CONNECTIONS + "?limit=1001").status()).isEqualTo(400);
        assertThat(get(CONNECTIONS + "?cursor=rubbish").code()).isEqualTo("cursor-invalid");
        assertThat(get(CONNECTIONS + "?cursor=" + Cursor.after("echo-tcp")).code())
                .as("a cursor of another collection")
                .isEqualTo("cursor-invalid");
        assertThat(get("/api/v1/listeners/nobody/connections").code()).isEqualTo("listener-not-found");
        assertThat(delete(CONNECTIONS + "/1?mode=gently&force=1").fields()).containsExactlyInAnyOrder("mode", "force");
        assertThat(delete("/api/v1/listeners/nobody/connections/1").code()).isEqualTo("listener-not-found");
        for (String id : List.of("0", "-1", "x", "01", "999999999999999999", "99999999999999999999999")) {
            Answer answer = delete(CONNECTIONS + "/" + id);
            assertThat(answer.status()).as(id).isEqualTo(404);
            assertThat(answer.code()).as(id).isEqualTo("connection-not-found");
        }
    }

    @Test
    void aStoppedListenerHasNoConnections() throws Exception {
        int port = createTcp();
        try (Socket client = connect(port)) {
            say(client, "a");
            String id = only(awaitCount(1)).get("id").stringValue();
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(post(LISTENER + "/stop").status()).isEqualTo(200);
            assertThat(awaitCount(0).at("/nextCursor").isNull()).isTrue();
            assertThat(delete(CONNECTIONS + "/" + id).code()).isEqualTo("connection-not-found");
        }
    }

    @Test
    void connectionsOfAReplacedSocketAreListedWhileTheyDrain() throws Exception {
        create("{\"name\":\"c\",\"protocol\":\"tcp\",\"port\":0,\"drainTimeoutMs\":30000}");
        int port = get(LISTENER).at("/status/port").intValue();
        try (Socket old = connectAndNeverRead(port)) {
            await().until(() -> get(CONNECTIONS).at("/items/0/pendingBytes").asLong(0) > 0);
            assertThat(patch(LISTENER, "{\"tcp\":{\"backlog\":7}}").status()).isEqualTo(200);
            try (Socket recent = connect(get(LISTENER).at("/status/port").intValue())) {
                say(recent, "a");
                JsonNode items = awaitCount(2).body().get("items");
                assertThat(items.at("/0/remotePort").intValue()).isEqualTo(old.getLocalPort());
                assertThat(items.at("/1/remotePort").intValue()).isEqualTo(recent.getLocalPort());
                String id = items.at("/0/id").stringValue();
                assertThat(delete(CONNECTIONS + "/" + id + "?mode=reset").status())
                        .isEqualTo(200);
                awaitCount(1);
            }
        }
    }

    @Test
    void listsSourcesOfDatagrams() throws Exception {
        create("{\"name\":\"c\",\"protocol\":\"udp\",\"port\":0}");
        int port = get(LISTENER).at("/status/port").intValue();
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            client.send(new DatagramPacket(new byte[12], 12, InetAddress.getByName("127.0.0.1"), port));
            JsonNode item = only(awaitCount(1));
            assertThat(item.get("protocol").stringValue()).isEqualTo("udp");
            assertThat(item.get("remotePort").intValue()).isEqualTo(client.getLocalPort());
            assertThat(item.get("localPort").intValue()).isEqualTo(port);
            assertThat(item.get("receivedBytes").intValue()).isEqualTo(12);
            assertThat(item.get("sentBytes").intValue()).isEqualTo(12);
            assertThat(delete(CONNECTIONS + "/" + item.get("id").stringValue()).code())
                    .isEqualTo("connection-not-found");
        }
    }

    /** Ten thousand, or the maximum that the descriptor limit (ulimit -n) allows with both ends in this process. */
    @Test
    void pagesThroughManyConnectionsWhileSomeAreClosed() throws Exception {
        long allowed =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount();
        int count = (int) Math.min(CROWD, (allowed - OTHER_DESCRIPTORS) / 2);
        assertThat(count).as("ulimit -n is " + allowed).isGreaterThan(500);
        int port = createTcp();
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                clients.add(connect(port));
            }
            await().until(() -> get(LISTENER).at("/status/connections/active").intValue() == count);
            assertThat(seen("?limit=1000")).hasSize(count).isSorted().doesNotHaveDuplicates();
            clients.subList(0, 10).forEach(ConnectionApiTest::close);
            await().until(() -> get(LISTENER).at("/status/connections/active").intValue() == count - 10);
            assertThat(seen("?limit=1000")).hasSize(count - 10);
        } finally {
            clients.forEach(ConnectionApiTest::close);
        }
        await().until(() -> get(CONNECTIONS).body().get("items").isEmpty());
    }

    /** The ids on all pages from the first to the last. */
    private List<Long> seen(String query) throws Exception {
        List<Long> ids = new ArrayList<>();
        Answer page = get(CONNECTIONS + query);
        while (true) {
            page.body()
                    .get("items")
                    .forEach(item -> ids.add(Long.valueOf(item.get("id").stringValue())));
            if (page.at("/nextCursor").isNull()) {
                return ids;
            }
            page = get(CONNECTIONS + query + "&cursor=" + page.at("/nextCursor").stringValue());
        }
    }

    private int createTcp() throws Exception {
        assertThat(create("{\"name\":\"c\",\"protocol\":\"tcp\",\"port\":0}").status())
                .isEqualTo(201);
        return get(LISTENER).at("/status/port").intValue();
    }

    private Answer awaitCount(int count) throws Exception {
        await().until(() -> get(CONNECTIONS).body().get("items").size() == count);
        return get(CONNECTIONS);
    }

    private static JsonNode only(Answer page) {
        assertThat(page.body().get("items").size()).isEqualTo(1);
        return page.at("/items/0");
    }

    private static Socket connect(int port) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        client.setSoTimeout(10_000);
        return client;
    }

    private static Socket connectAndNeverRead(int port) throws IOException {
        Socket client = connect(port);
        Thread sender = new Thread(() -> {
            try {
                client.getOutputStream().write(new byte[64 * 1024 * 1024]);
            } catch (IOException ex) {
                // Closed before everything has been sent.
            }
        });
        sender.setDaemon(true);
        sender.start();
        return client;
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        assertThat(client.getInputStream().readNBytes(text.length())).hasSize(text.length());
    }

    private static void close(Socket client) {
        try {
            client.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
