package dev.canyon.api.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Calls that wait for a drain hold no request thread, of which Tomcat has 200. */
@Timeout(120)
class DrainApiTest extends ApiTest {

    private static final int CALLS = 250;
    private static final Duration QUICK = Duration.ofSeconds(2);
    private static final String LISTENER = "/api/v1/listeners/drain";

    @Autowired
    private ServletWebServerApplicationContext context;

    @Test
    void theApiRespondsWhileMoreStopsWaitThanThereAreRequestThreads() throws Exception {
        try (SteadyClient client = new SteadyClient(createPatient())) {
            HttpClient http = HttpClient.newHttpClient();
            List<CompletableFuture<HttpResponse<String>>> stops = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                stops.add(http.sendAsync(
                        request(LISTENER + "/stop")
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString()));
            }
            await().until(() -> get(LISTENER).at("/status/state").stringValue().equals("draining"));
            // All of them have arrived and wait.
            await().until(() -> waitingRequests() == CALLS);
            for (String path : List.of("/api/v1/listeners", "/actuator/health/liveness", LISTENER)) {
                long begun = System.nanoTime();
                assertThat(get(path).status()).as(path).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(path).isLessThan(QUICK);
            }
            assertThat(stops).noneMatch(CompletableFuture::isDone);

            client.close();

            for (CompletableFuture<HttpResponse<String>> stop : stops) {
                HttpResponse<String> answer = stop.get(30, TimeUnit.SECONDS);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("\"state\":\"stopped\"");
                assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
            }
        }
    }

    @Test
    void waitMsLimitsTheWaitAndTheOperationContinues() throws Exception {
        try (SteadyClient client = new SteadyClient(createPatient())) {
            Answer stop = post(LISTENER + "/stop?waitMs=0");
            assertThat(stop.status()).isEqualTo(202);
            assertThat(stop.at("/status/state").stringValue()).isEqualTo("draining");
            assertThat(stop.at("/enabled").booleanValue()).isFalse();
            assertThat(stop.header("ETag")).isEqualTo(get(LISTENER).header("ETag"));
            client.awaitServed();

            client.close();

            await().until(() -> get(LISTENER).at("/status/state").stringValue().equals("stopped"));
        }
    }

    @Test
    void waitMsLimitsTheWaitOfAChangeThatDisables() throws Exception {
        try (SteadyClient client = new SteadyClient(createPatient())) {
            Answer patched = patch(LISTENER + "?waitMs=0", "{\"enabled\":false}");
            assertThat(patched.status()).isEqualTo(202);
            assertThat(patched.at("/enabled").booleanValue()).isFalse();
            assertThat(patched.at("/status/state").stringValue()).isEqualTo("draining");
            client.awaitServed();
        }
        await().until(() -> get(LISTENER).at("/status/state").stringValue().equals("stopped"));
        String enabled = "{\"protocol\":\"tcp\",\"port\":0,\"drainTimeoutMs\":600000}";
        int port = put(LISTENER + "?waitMs=0", enabled).at("/status/port").intValue();
        try (SteadyClient client = new SteadyClient(port)) {
            Answer replaced = put(
                    LISTENER + "?waitMs=0",
                    enabled.replace("}", ",\"enabled\":false}"),
                    "If-Match",
                    get(LISTENER).header("ETag"));
            assertThat(replaced.status()).isEqualTo(202);
            assertThat(replaced.at("/status/state").stringValue()).isEqualTo("draining");
            client.awaitServed();
        }
        await().until(() -> get(LISTENER).at("/status/state").stringValue().equals("stopped"));
    }

    @Test
    void aChangeThatDrainsNothingIsAnsweredAsWithoutWaitMs() throws Exception {
        createPatient();
        Answer patched = patch(LISTENER + "?waitMs=0", "{\"description\":\"a\"}");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patch(LISTENER + "?waitMs=x", "{}").fields()).containsExactly("waitMs");
        assertThat(put(LISTENER + "?wait=1", "{}").fields()).containsExactly("wait");
    }

    /** It has changed nothing yet, and may still fail: a 202 would promise too much. */
    @Test
    void anOperationBehindADrainIsNotAcceptedBeforeItsTurn() throws Exception {
        try (SteadyClient client = new SteadyClient(createPatient())) {
            assertThat(post(LISTENER + "/restart?waitMs=0").status()).isEqualTo(202);
            CompletableFuture<Answer> delete = CompletableFuture.supplyAsync(() -> {
                try {
                    return delete(LISTENER + "?waitMs=0");
                } catch (Exception ex) {
                    throw new IllegalStateException(ex);
                }
            });
            client.awaitServed();
            assertThat(delete).isNotDone();

            client.close();

            assertThat(delete.get(20, TimeUnit.SECONDS).status()).isBetween(200, 202);
            await().until(() -> get(LISTENER).status() == 404);
        }
    }

    @Test
    void anOperationThatCompletesWithinWaitMsIsAnsweredAsWithoutIt() throws Exception {
        createPatient();
        Answer stop = post(LISTENER + "/stop?waitMs=60000");
        assertThat(stop.status()).isEqualTo(200);
        assertThat(stop.at("/status/state").stringValue()).isEqualTo("stopped");
        assertThat(post(LISTENER + "/restart?waitMs=60000").at("/status/state").stringValue())
                .isEqualTo("running");
        assertThat(delete(LISTENER + "?waitMs=60000").status()).isEqualTo(200);
        assertThat(get(LISTENER).status()).isEqualTo(404);
    }

    @Test
    void callsThatMayWaitReportProblemsLikeOthers() throws Exception {
        assertThat(post("/api/v1/listeners/none/stop").code()).isEqualTo("listener-not-found");
        assertThat(post("/api/v1/listeners/none/stop?waitMs=0").code()).isEqualTo("listener-not-found");
        assertThat(delete("/api/v1/listeners/none?waitMs=0").code()).isEqualTo("listener-not-found");
        assertThat(delete("/api/v1/listeners/none", "If-Match", "\"1\"").code()).isEqualTo("precondition-failed");
        assertThat(delete("/api/v1/listeners/api-test-declared").code()).isEqualTo("listener-read-only");
        assertThat(post("/api/v1/listeners/api-test-declared/stop?waitMs=-1").fields())
                .containsExactly("waitMs");
        assertThat(post("/api/v1/listeners/api-test-declared/stop?wait=1").fields())
                .containsExactly("wait");
    }

    @Test
    void concurrentPutsAndDeletesOfOneNameNeverFailWithAnInternalError() throws Exception {
        String body = "{\"protocol\":\"tcp\",\"port\":0}";
        List<CompletableFuture<List<Integer>>> callers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            boolean puts = i % 2 == 0;
            callers.add(CompletableFuture.supplyAsync(() -> {
                List<Integer> statuses = new ArrayList<>();
                try {
                    for (int call = 0; call < 60; call++) {
                        Answer answer = puts ? put(LISTENER, body) : delete(LISTENER);
                        statuses.add(answer.status());
                    }
                } catch (Exception ex) {
                    throw new IllegalStateException(ex);
                }
                return statuses;
            }));
        }
        for (CompletableFuture<List<Integer>> caller : callers) {
            assertThat(caller.get(60, TimeUnit.SECONDS))
                    .allMatch(status -> List.of(200, 201, 404).contains(status));
        }
    }

    /** The asynchronous requests that Tomcat has handed back without a response. */
    private int waitingRequests() {
        TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(context.getWebServer());
        return ((AbstractProtocol<?>) server.getTomcat().getConnector().getProtocolHandler())
                .getWaitingProcessorCount();
    }

    private int createPatient() throws Exception {
        Answer created = create("{\"name\":\"drain\",\"protocol\":\"tcp\",\"port\":0,\"drainTimeoutMs\":600000}");
        assertThat(created.status()).isEqualTo(201);
        return created.at("/status/port").intValue();
    }

    /** A client that keeps sending and reading, so that a drain lasts until it ends. */
    private static final class SteadyClient implements AutoCloseable {

        private final Socket socket;
        private final AtomicLong replies = new AtomicLong();

        SteadyClient(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.getOutputStream().write(1);
            assertThat(socket.getInputStream().read()).isEqualTo(1);
            Thread thread = new Thread(this::talk);
            thread.setDaemon(true);
            thread.start();
        }

        private void talk() {
            try {
                while (!socket.isClosed()) {
                    socket.getOutputStream().write(1);
                    if (socket.getInputStream().read() < 0) {
                        return;
                    }
                    replies.incrementAndGet();
                    Thread.sleep(2);
                }
            } catch (IOException ex) {
                // Closed, by either side.
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        }

        /** Waits until another reply has arrived. */
        void awaitServed() {
            long before = replies.get();
            await().until(() -> replies.get() > before);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
