package dev.canyon.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.api.ApiTest;
import dev.canyon.api.event.EventReader;
import dev.canyon.api.event.EventReader.Item;
import dev.canyon.api.http.Cursor;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RunApiTest extends ApiTest {

    private static final String RUNS = "/api/v1/runs";
    private static final String ENDLESS = "\"ratePerSecond\":50,\"durationMs\":60000";

    private int port;

    @BeforeEach
    void createListener() throws Exception {
        Answer created = create("{\"name\":\"r\",\"protocol\":\"tcp\",\"port\":0,\"drainTimeoutMs\":500}");
        port = created.at("/status/port").intValue();
    }

    @AfterEach
    void deleteRuns() throws Exception {
        for (JsonNode run : get(RUNS).at("/items")) {
            delete(RUNS + "/" + run.get("id").stringValue());
        }
        await().untilAsserted(() -> assertThat(threadsOfRuns()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void aRunReportsTheOutcomeOfItsMessages(String protocol) throws Exception {
        create("{\"name\":\"r2\",\"protocol\":\"" + protocol + "\",\"port\":0}");
        Answer answer = post(RUNS + "?waitMs=10000", run("r2", "\"messages\":500,\"connections\":4"));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        String id = answer.at("/id").stringValue();
        assertThat(answer.header("Location")).isEqualTo(RUNS + "/" + id);
        assertThat(answer.body().propertyNames())
                .containsExactly(
                        "id", "state", "progress", "verdict", "request", "result", "startedAt", "endedAt", "detail");
        assertThat(answer.at("/state").stringValue()).isEqualTo("completed");
        assertThat(answer.at("/verdict").stringValue()).isEqualTo("pass");
        assertThat(answer.at("/progress").doubleValue()).isEqualTo(1);
        assertThat(answer.at("/detail").isNull()).isTrue();
        JsonNode result = answer.at("/result");
        assertThat(result.get("sent").intValue()).isEqualTo(500);
        assertThat(result.get("received").intValue()).isEqualTo(500);
        for (String none : List.of("lost", "late", "duplicated", "reordered", "corrupted", "unsent")) {
            assertThat(result.get(none).intValue()).as(none).isZero();
        }
        assertThat(result.get("errors").isEmpty()).isTrue();
        assertThat(result.get("seconds").doubleValue()).isPositive();
        assertThat(result.get("messagesPerSecond").doubleValue()).isPositive();
        assertThat(result.get("bytesPerSecond").longValue()).isPositive();
        JsonNode latency = result.get("latency");
        List<Double> rising = new ArrayList<>();
        for (String figure : List.of("minMicros", "p50Micros", "p90Micros", "p99Micros", "p999Micros", "maxMicros")) {
            rising.add(latency.get(figure).doubleValue());
        }
        assertThat(rising).isSorted().doesNotContain(0.0);
        assertThat(sum(result.get("series"), "messages")).isEqualTo(500);
        assertThat(sum(result.get("histogram"), "count")).isEqualTo(500);
        assertThat(get(RUNS + "/" + id).body()).isEqualTo(answer.body());
    }

    @Test
    void theRequestIsReturnedWithAllDefaultsAndCanBePostedAgain() throws Exception {
        Answer first = post(RUNS, run("r", ""));
        assertThat(first.at("/request")).isEqualTo(JsonMapper.shared().readTree("""
                {"target": {"listener": "r"}, "connections": 10, "messageBytes": 64, "pipeline": 1, "ratePerSecond": null,
                "durationMs": 10000, "warmupMs": 0, "messages": null, "timeoutMs": 2000, "thresholds": {"p50Micros": null, "p90Micros": null,
                "p99Micros": null, "p999Micros": null, "maxMicros": null, "lossRatio": 0.0, "messagesPerSecond": null},
                "proxyProtocol": null, "tls": null}"""));
        Answer fixed = post(
                RUNS,
                "{\"target\":{\"protocol\":\"tcp\",\"host\":\"127.0.0.1\",\"port\":" + port
                        + "},\"ratePerSecond\":10,\"messages\":1}");
        assertThat(fixed.at("/request/pipeline").intValue()).isZero();
        assertThat(fixed.at("/request/durationMs").intValue()).isEqualTo(600_000);
        assertThat(get(RUNS + "/latest?waitMs=5000").at("/verdict").stringValue())
                .isEqualTo("pass");
        Answer again = post(RUNS + "?waitMs=5000", fixed.at("/request").toString());
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("/request")).isEqualTo(fixed.at("/request"));
    }

    @Test
    void theWarmupIsNotPartOfTheResult() throws Exception {
        Answer run = post(RUNS + "?waitMs=20000", run("r", "\"messages\":20,\"warmupMs\":300"));
        assertThat(run.at("/verdict").stringValue()).isEqualTo("pass");
        assertThat(run.at("/result/sent").intValue()).isEqualTo(20);
        assertThat(run.at("/request/warmupMs").intValue()).isEqualTo(300);
        assertThat(run.at("/request/durationMs").intValue()).isEqualTo(599_700);
        long echoed = get("/api/v1/listeners/r")
                .at("/status/traffic/receivedMessages")
                .longValue();
        assertThat(echoed).as("with those of the warm-up").isGreaterThan(20);
    }

    @Test
    void waitMsReturnsAtTheEndOrAfterTheTime() throws Exception {
        Answer started = post(RUNS + "?waitMs=50", run("r", ENDLESS));
        assertThat(started.status()).isEqualTo(202);
        assertThat(started.header("Location")).isEqualTo(path(started));
        assertThat(started.at("/state").stringValue()).isEqualTo("running");
        assertThat(started.at("/verdict").isNull()).isTrue();
        assertThat(started.at("/endedAt").isNull()).isTrue();
        Answer waited = get(path(started) + "?waitMs=100");
        assertThat(waited.status()).isEqualTo(200);
        assertThat(waited.at("/state").stringValue()).isEqualTo("running");
        CompletableFuture<Answer> end = CompletableFuture.supplyAsync(() -> quietly(path(started) + "?waitMs=60000"));
        post(path(started) + "/cancel");
        assertThat(end.get(10, TimeUnit.SECONDS).at("/state").stringValue()).isEqualTo("cancelled");
        assertThat(get(path(started) + "?waitMs=60000").at("/state").stringValue())
                .isEqualTo("cancelled");
    }

    @Test
    void aRunIsCancelledPromptlyAndStaysCancelled() throws Exception {
        Answer started = post(RUNS, run("r", ENDLESS));
        await().until(() -> get(path(started)).at("/result/received").intValue() > 0);
        long before = System.nanoTime();
        Answer cancelled = post(path(started) + "/cancel");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.at("/state").stringValue()).isEqualTo("cancelled");
        assertThat(cancelled.at("/verdict").stringValue()).isEqualTo("inconclusive");
        assertThat(cancelled.at("/detail").stringValue()).isEqualTo("cancelled");
        assertThat(cancelled.at("/result/received").intValue()).isPositive();
        assertThat(cancelled.at("/progress").doubleValue()).isLessThan(1);
        awaitNoConnections();
        assertThat(post(path(started) + "/cancel").body()).isEqualTo(cancelled.body());
    }

    @Test
    void deletingARunCancelsItAndReturnsItsLastView() throws Exception {
        Answer started = post(RUNS, run("r", ENDLESS));
        Answer deleted = delete(path(started));
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.at("/state").stringValue()).isEqualTo("cancelled");
        for (Answer gone : List.of(
                get(path(started)),
                get(path(started) + "?waitMs=x"),
                delete(path(started)),
                post(path(started) + "/cancel"),
                get(path(started) + "/result.csv"),
                get(path(started) + "/result.xml"),
                get(RUNS + "/latest"),
                send(request(path(started)).header("Accept", "text/event-stream")))) {
            assertThat(gone.status()).isEqualTo(404);
            assertThat(gone.code()).isEqualTo("run-not-found");
        }
        awaitNoConnections();
    }

    @Test
    void aThirdConcurrentRunIsRejectedUntilOneIsOver() throws Exception {
        Answer first = post(RUNS, run("r", ENDLESS));
        Answer second = post(RUNS, run("r", ENDLESS));
        assertThat(List.of(first.status(), second.status())).containsOnly(202);
        Answer third = post(RUNS, run("r", "\"messages\":1"));
        assertThat(third.status()).isEqualTo(409);
        assertThat(third.code()).isEqualTo("limit-reached");
        assertThat(third.at("/limit").stringValue()).isEqualTo("runs");
        post(path(first) + "/cancel");
        assertThat(post(RUNS + "?waitMs=5000", run("r", "\"messages\":1")).status())
                .isEqualTo(200);
        assertThat(get(path(second)).at("/state").stringValue()).isEqualTo("running");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"durationMs\":600001', run-duration",
        "'\"durationMs\":599001,\"warmupMs\":1000', run-duration",
        "'\"messages\":1,\"warmupMs\":600000', run-duration",
        "'\"ratePerSecond\":1000000.5,\"timeoutMs\":500', run-rate",
        "'\"connections\":1001', run-connections",
        "'\"messageBytes\":65537', message-bytes",
    })
    void aRunBeyondALimitIsRejectedWithItsName(String fields, String limit) throws Exception {
        Answer refused = post(RUNS, run("r", fields));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("limit-reached");
        assertThat(refused.at("/limit").stringValue()).isEqualTo(limit);
        assertThat(refused.at("/detail").stringValue()).contains("canyon.limits." + limit + " is ");
        assertThat(get(RUNS).at("/items")).isEmpty();
    }

    @Test
    void everyInvalidFieldIsReported() throws Exception {
        Answer refused = post(RUNS + "?waitMs=60001&x=1", """
                {"target": {"protocol": "sctp", "host": "a b", "port": 0}, "connections": 0, "messageBytes": 0, "pipeline": -1,
                "ratePerSecond": "7", "durationMs": 0.5, "warmupMs": -1, "messages": 0, "timeoutMs": 60001, "nonsense": 1,
                "thresholds": {"p99Micros": -1, "lossRatio": 1.5, "p50Micros": true, "p95Micros": 1}}""");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields())
                .containsExactlyInAnyOrder(
                        "waitMs",
                        "x",
                        "target.protocol",
                        "target.host",
                        "target.port",
                        "connections",
                        "messageBytes",
                        "pipeline",
                        "ratePerSecond",
                        "durationMs",
                        "warmupMs",
                        "messages",
                        "timeoutMs",
                        "nonsense",
                        "thresholds.p99Micros",
                        "thresholds.lossRatio",
                        "thresholds.p50Micros",
                        "thresholds.p95Micros");
        assertThat(get(RUNS).at("/items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', target",
        "'{\"target\":null}', target",
        "'{\"target\":{}}', 'target.protocol target.host target.port'",
        "'{\"target\":{\"protocol\":\"tcp\",\"host\":\"127.0.0.1\"}}', target.port",
        "'{\"target\":{\"listener\":\"r\",\"port\":7}}', target",
        "'{\"target\":{\"listener\":\"r\"},\"pipeline\":0}', pipeline",
        "'{\"target\":{\"listener\":\"r\"},\"ratePerSecond\":0}', ratePerSecond",
        "'{\"target\":{\"listener\":\"r\"},\"ratePerSecond\":1e999}', ratePerSecond",
        "'{\"target\":{\"listener\":\"r\"},\"ratePerSecond\":1000000}', timeoutMs",
        "'{\"target\":{\"listener\":\"r\"},\"connections\":1000,\"pipeline\":1001}', pipeline",
        "'{\"target\":{\"listener\":\"r\"},\"messages\":9223372036854775808}', messages",
        "'{\"target\":{\"listener\":\"u\"},\"messageBytes\":15}', messageBytes",
        "'{\"target\":{\"listener\":\"u\"},\"messageBytes\":65508}', messageBytes",
        "'{\"target\":{\"protocol\":\"tcp\",\"host\":\"no-such-name.invalid\",\"port\":7}}', target.host",
    })
    void anInconsistentRequestIsRejected(String body, String fields) throws Exception {
        create("{\"name\":\"u\",\"protocol\":\"udp\",\"port\":0}");
        Answer refused = post(RUNS, body);
        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("invalid-request");
        assertThat(refused.fields()).containsExactly(fields.split(" "));
    }

    @Test
    void onlyRunningListenersAndAllowedTargetsAreDialled() throws Exception {
        Answer unknown = post(RUNS, run("nobody", ""));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("listener-not-found");
        post("/api/v1/listeners/r/stop");
        Answer stopped = post(RUNS, run("r", ""));
        assertThat(stopped.status()).isEqualTo(409);
        assertThat(stopped.code()).isEqualTo("listener-not-running");
        assertThat(stopped.at("/detail").stringValue()).contains("'r' is stopped");
        Answer foreign = post(RUNS, "{\"target\":{\"protocol\":\"udp\",\"host\":\"127.0.0.1\",\"port\":" + port + "}}");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.code()).isEqualTo("target-not-allowed");
        assertThat(get(RUNS).at("/items")).isEmpty();
    }

    @Test
    void aRunWithoutAConnectionFails() throws Exception {
        int nobody = FreePorts.next();
        String body = "{\"target\":{\"protocol\":\"tcp\",\"host\":\"127.0.0.8\",\"port\":" + nobody
                + "},\"connections\":3,\"messages\":5}";
        Answer answer = post(RUNS + "?waitMs=10000", body);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/state").stringValue()).isEqualTo("failed");
        assertThat(answer.at("/verdict").stringValue()).isEqualTo("inconclusive");
        assertThat(answer.at("/detail").stringValue()).isEqualTo("no connection was established");
        assertThat(answer.at("/result/errors/refused").intValue()).isEqualTo(3);
        assertThat(answer.at("/result/latency").isNull()).isTrue();
    }

    @Test
    void aSilentPeerIsInconclusiveAndLosesEveryMessage() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.8"))) {
            String body = "{\"target\":{\"protocol\":\"tcp\",\"host\":\"127.0.0.8\",\"port\":" + silent.getLocalPort()
                    + "},\"connections\":2,\"messages\":4,\"timeoutMs\":100}";
            Answer answer = post(RUNS + "?waitMs=10000", body);
            assertThat(answer.at("/state").stringValue()).isEqualTo("completed");
            assertThat(answer.at("/verdict").stringValue()).isEqualTo("inconclusive");
            assertThat(answer.at("/detail").stringValue()).isEqualTo("no response");
            assertThat(answer.at("/result/lost").intValue()).isPositive();
            assertThat(answer.at("/result/sent")).isEqualTo(answer.at("/result/lost"));
        }
    }

    @Test
    void aListenerStoppedDuringARunIsReportedAsClosedEarly() throws Exception {
        Answer started = post(RUNS, run("r", ENDLESS + ",\"connections\":3"));
        await().until(() -> get(path(started)).at("/result/received").intValue() > 5);
        post("/api/v1/listeners/r/stop");
        Answer ended = get(path(started) + "?waitMs=10000");
        assertThat(ended.at("/state").stringValue()).isEqualTo("completed");
        assertThat(ended.at("/verdict").stringValue()).isEqualTo("fail");
        assertThat(ended.at("/result/errors/closed-early").intValue()).isEqualTo(3);
        assertThat(ended.at("/detail").stringValue()).contains("errors is 3 (expected: at most 0)");
    }

    @Test
    void aMissedThresholdFailsTheRunWithAReason() throws Exception {
        Answer answer = post(
                RUNS + "?waitMs=10000",
                run(
                        "r",
                        "\"messages\":50,\"thresholds\":{\"p99Micros\":0.1,\"maxMicros\":60000000,"
                                + "\"messagesPerSecond\":1000000000}"));
        assertThat(answer.at("/verdict").stringValue()).isEqualTo("fail");
        assertThat(answer.at("/detail").stringValue())
                .contains("p99Micros is ", "(expected: at most 0.1)", "(expected: at least 1000000000)")
                .doesNotContain("maxMicros", "errors");
    }

    @Test
    void runsAreListedNewestFirstPageByPage() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(
                    0,
                    post(RUNS + "?waitMs=5000", run("r", "\"messages\":1"))
                            .at("/id")
                            .stringValue());
        }
        Answer first = get(RUNS + "?limit=2");
        assertThat(idsIn(first)).isEqualTo(ids.subList(0, 2));
        assertThat(first.at("/items/0/result/sent").intValue()).isEqualTo(1);
        assertThat(first.at("/items/0/result/series").isNull()).isTrue();
        assertThat(first.at("/items/0/result/histogram").isNull()).isTrue();
        String newer = post(RUNS + "?waitMs=5000", run("r", "\"messages\":1"))
                .at("/id")
                .stringValue();
        delete(RUNS + "/" + ids.get(1));
        Answer rest = get(RUNS + "?limit=2&cursor=" + first.at("/nextCursor").stringValue());
        assertThat(idsIn(rest)).isEqualTo(ids.subList(2, 3));
        assertThat(rest.at("/nextCursor").isNull()).isTrue();
        assertThat(get(RUNS + "/latest").at("/id").stringValue()).isEqualTo(newer);
        for (String cursor : List.of("x", Cursor.after("edge-tcp"))) {
            assertThat(get(RUNS + "?cursor=" + cursor).code()).isEqualTo("cursor-invalid");
        }
        assertThat(get(RUNS + "?limit=0&state=running").fields()).containsExactlyInAnyOrder("limit", "state");
    }

    @Test
    void progressIsSentEverySecondAndTheStreamEndsWithTheRun() throws Exception {
        Answer started = post(RUNS, run("r", ENDLESS));
        try (EventReader reader = new EventReader(serverPort, path(started), null, 0)) {
            reader.begun();
            int last = -1;
            for (int i = 0; i < 2; i++) {
                Item progress = reader.event();
                assertThat(progress.type()).isEqualTo("progress");
                assertThat(progress.json().at("/state").stringValue()).isEqualTo("running");
                assertThat(progress.json().at("/result/series").isNull()).isTrue();
                int sent = progress.json().at("/result/sent").intValue();
                assertThat(sent).isGreaterThan(last);
                last = sent;
            }
            post(path(started) + "/cancel");
            Item finished = reader.event();
            assertThat(finished.type()).isEqualTo("finished");
            assertThat(finished.id()).isEqualTo("finished");
            assertThat(finished.json().at("/state").stringValue()).isEqualTo("cancelled");
            assertThat(reader.event().type()).isEqualTo("end");
        }
    }

    @Test
    void theStreamOfAFinishedRunSendsItsEndOnce() throws Exception {
        Answer over = post(RUNS + "?waitMs=5000", run("r", "\"messages\":1"));
        try (EventReader reader = new EventReader(serverPort, path(over), null, 0)) {
            reader.begun();
            assertThat(reader.event().type()).isEqualTo("finished");
            assertThat(reader.event().type()).isEqualTo("end");
        }
        Answer again =
                send(request(path(over)).header("Accept", "text/event-stream").header("Last-Event-ID", "finished"));
        assertThat(again.status()).isEqualTo(204);
        Answer waiting = send(request(path(over) + "?waitMs=5").header("Accept", "text/event-stream"));
        assertThat(waiting.fields()).containsExactly("waitMs");
    }

    private static String run(String listener, String fields) {
        return "{\"target\":{\"listener\":\"" + listener + "\"}" + (fields.isEmpty() ? "" : "," + fields) + "}";
    }

    private static String path(Answer run) {
        return RUNS + "/" + run.at("/id").stringValue();
    }

    private Answer quietly(String path) {
        try {
            return get(path);
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    private static List<String> idsIn(Answer page) {
        return page.at("/items").values().stream()
                .map(run -> run.get("id").stringValue())
                .toList();
    }

    private static long sum(JsonNode list, String field) {
        return list.values().stream()
                .mapToLong(each -> each.get(field).longValue())
                .sum();
    }

    /** Every socket of a run is closed: the listener sees both ends. */
    private void awaitNoConnections() {
        await().untilAsserted(() -> assertThat(get("/api/v1/listeners/r")
                        .at("/status/connections/active")
                        .intValue())
                .isZero());
    }

    private static List<String> threadsOfRuns() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("canyon-run-"))
                .toList();
    }
}
