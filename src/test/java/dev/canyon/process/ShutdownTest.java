package dev.canyon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ShutdownTest {

    @TempDir
    Path directory;

    @Test
    void sigtermDrainsConnectionsWhileTheApiStillAnswersAndThenEnds() throws Exception {
        try (CanyonProcess canyon = CanyonProcess.start(directory, "--canyon.default-listeners=false")) {
            int port = canyon.create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"drainTimeoutMs\":600000}");
            byte[] message = new byte[16 * 1024 * 1024];
            new Random(1).nextBytes(message);
            try (Socket client = new Socket()) {
                client.setReceiveBufferSize(8 * 1024);
                client.setSoTimeout(10_000);
                client.connect(new InetSocketAddress("127.0.0.1", port));
                Thread sender = new Thread(() -> send(client, message));
                sender.setDaemon(true);
                sender.start();
                long arrived = awaitStandstill(canyon);

                canyon.terminate();
                await().untilAsserted(() -> assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
                        .isInstanceOf(ConnectException.class));
                assertThat(canyon.get("/actuator/health/readiness").statusCode())
                        .isEqualTo(503);

                byte[] answer = client.getInputStream().readAllBytes();
                assertThat((long) answer.length).isGreaterThanOrEqualTo(arrived);
                assertThat(answer).isEqualTo(Arrays.copyOf(message, answer.length));
            }
            assertThat(canyon.endsWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(canyon.log()).doesNotContain("ERROR", "LEAK");
        }
    }

    @Test
    void aClientThatNeverEndsDoesNotHoldUpTheEnd() throws Exception {
        try (CanyonProcess canyon = CanyonProcess.start(directory, "--canyon.default-listeners=false")) {
            int port = canyon.create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"drainTimeoutMs\":600000}");
            try (Socket stuck = new Socket("127.0.0.1", port)) {
                Thread sender = new Thread(() -> send(stuck, new byte[64 * 1024 * 1024]));
                sender.start();
                await().until(() -> canyon.get("/api/v1/listeners/a").body().contains("\"active\":1"));
                canyon.terminate();
                assertThat(canyon.endsWithin(Duration.ofSeconds(20))).isTrue();
                sender.join();
            }
        }
    }

    @Test
    void readersOfEventsAreToldToTheLastAndDoNotHoldUpTheEnd() throws Exception {
        try (CanyonProcess canyon = CanyonProcess.start(directory, "--canyon.default-listeners=false")) {
            int port = canyon.create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0}");
            try (Socket stalled = canyon.follow("/api/v1/events");
                    Socket reader = canyon.follow("/api/v1/events")) {
                CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> readAll(reader));
                // More than the buffers between take.
                for (int i = 0; i < 2_000; i++) {
                    new Socket("127.0.0.1", port).close();
                }
                try (Socket client = new Socket("127.0.0.1", port)) {
                    // Accepted for sure, not one that waits behind all those before it.
                    client.getOutputStream().write(1);
                    assertThat(client.getInputStream().read()).isEqualTo(1);
                    canyon.terminate();
                    assertThat(client.getInputStream().read()).isEqualTo(-1);
                    assertThat(read.get(20, TimeUnit.SECONDS))
                            .contains("\"remotePort\":" + client.getLocalPort(), "\"reason\":\"drain\"");
                }
                assertThat(canyon.endsWithin(Duration.ofSeconds(20))).isTrue();
                assertThat(canyon.log())
                        .contains("Graceful shutdown complete")
                        .doesNotContain("Graceful shutdown aborted", "ERROR");
            }
        }
    }

    private static String readAll(Socket stream) {
        try {
            return new String(stream.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void aCallThatWaitsForAMessageIsAnsweredAndDoesNotHoldUpTheEnd() throws Exception {
        try (CanyonProcess canyon = CanyonProcess.start(directory, "--canyon.default-listeners=false")) {
            canyon.create("{\"name\":\"a\",\"protocol\":\"udp\",\"port\":0}");
            String capture = "/api/v1/listeners/a/capture";
            canyon.call("PUT", capture, "{}");
            CompletableFuture<HttpResponse<String>> waiting =
                    CompletableFuture.supplyAsync(() -> get(canyon, capture + "/messages?waitMs=60000"));
            // This one, and the one that asks.
            await().until(() -> canyon.get("/actuator/metrics/http.server.requests.active")
                    .body()
                    .contains("\"ACTIVE_TASKS\",\"value\":2"));
            canyon.terminate();
            assertThat(waiting.join().statusCode()).isEqualTo(200);
            assertThat(waiting.join().body()).startsWith("{\"items\":[]");
            assertThat(canyon.endsWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(canyon.log()).doesNotContain("ERROR", "LEAK");
        }
    }

    @Test
    void aRunIsCancelledBeforeTheListenersStopAndIsThereAfterTheNextStart() throws Exception {
        String[] arguments = {"--canyon.default-listeners=false", "--canyon.data-dir=" + directory.resolve("data")};
        String runs = "/api/v1/runs";
        String finished;
        CompletableFuture<HttpResponse<String>> waiting;
        try (CanyonProcess canyon = CanyonProcess.start(directory, arguments)) {
            canyon.create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"drainTimeoutMs\":600000}");
            finished = canyon.call("POST", runs + "?waitMs=9000", "{\"target\":{\"listener\":\"a\"},\"messages\":100}")
                    .body();
            String endless = "{\"target\":{\"listener\":\"a\"},\"ratePerSecond\":100,\"durationMs\":600000}";
            assertThat(canyon.call("POST", runs, endless).statusCode()).isEqualTo(202);
            waiting = CompletableFuture.supplyAsync(() -> get(canyon, runs + "/latest?waitMs=60000"));
            try (Socket stream = canyon.follow(runs + "/latest")) {
                CompletableFuture<String> told = CompletableFuture.supplyAsync(() -> readAll(stream));
                await().until(() -> canyon.get("/actuator/metrics/http.server.requests.active")
                        .body()
                        .contains("\"ACTIVE_TASKS\",\"value\":3"));
                canyon.terminate();
                assertThat(told.get(20, TimeUnit.SECONDS)).contains("event: finished", "\"state\":\"cancelled\"");
            }
            assertThat(canyon.endsWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(canyon.log())
                    .contains("Graceful shutdown complete")
                    .doesNotContain("Graceful shutdown aborted", "ERROR", "LEAK");
        }
        String cancelled = waiting.join().body();
        assertThat(cancelled).contains("\"state\":\"cancelled\"", "\"errors\":{}");
        try (CanyonProcess canyon = CanyonProcess.start(directory, arguments)) {
            for (String run : List.of(finished, cancelled)) {
                String id = JsonMapper.shared().readTree(run).at("/id").stringValue();
                assertThat(canyon.get(runs + "/" + id).body()).isEqualTo(run);
            }
        }
    }

    private static HttpResponse<String> get(CanyonProcess canyon, String path) {
        try {
            return canyon.get(path);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Waits until the buffers on the way are full. @return what has arrived by then */
    private static long awaitStandstill(CanyonProcess canyon) {
        AtomicLong before = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(300)).until(() -> {
            long now = canyon.receivedBytes("a");
            return now > 1_000 && before.getAndSet(now) == now;
        });
        return before.get();
    }

    /** Ends when the peer does. */
    private static void send(Socket client, byte[] message) {
        try {
            client.getOutputStream().write(message);
        } catch (IOException ex) {
            assertThat(client.isConnected()).isTrue();
        }
    }
}
