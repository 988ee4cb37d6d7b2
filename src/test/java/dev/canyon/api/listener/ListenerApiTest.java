package dev.canyon.api.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListenerApiTest extends ApiTest {

    private static final String LISTENERS = "/api/v1/listeners";

    @Test
    void createReturnsDefaultsAndTheBoundEndpoint() throws Exception {
        Answer answer = create("{'name':'a','protocol':'tcp','port':0,'labels':{'team':'net'}}".replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo(LISTENERS + "/a");
        assertThat(answer.header("ETag")).matches("\"[0-9]+\"");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.at("/host").stringValue()).isEqualTo("127.0.0.1");
        assertThat(answer.at("/port").intValue()).isZero();
        assertThat(answer.at("/tcp/backlog").intValue()).isEqualTo(1024);
        assertThat(answer.at("/tcp/idleTimeoutMs").intValue()).isEqualTo(300_000);
        assertThat(answer.body().has("udp")).isFalse();
        assertThat(answer.at("/status/state").stringValue()).isEqualTo("running");
        assertThat(answer.at("/status/port").intValue()).isPositive();
        assertThat(answer.at("/status/family").stringValue()).isEqualTo("inet");
        assertThat(answer.at("/status/failure").isNull()).isTrue();
        assertThat(answer.at("/status/origin").stringValue()).isEqualTo("api");
        try (Socket client = new Socket("127.0.0.1", answer.at("/status/port").intValue())) {
            client.getOutputStream().write(5);
            assertThat(client.getInputStream().read()).isEqualTo(5);
        }
    }

    @Test
    void aViewIsAcceptedAsARequest() throws Exception {
        Answer created = create("{\"name\":\"a\",\"protocol\":\"udp\",\"port\":0}");
        Answer put = put(LISTENERS + "/a", created.body().toString());
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(put.at("/status/port")).isEqualTo(created.at("/status/port"));
    }

    @Test
    void theCustomersServerAndClientWorkTogether() throws Exception {
        // The server of the introduction has port 60, which is mapped to a free one here.
        Answer created = create("{\"name\":\"karl\",\"protocol\":\"tcp\",\"host\":\"localhost\",\"port\":0,"
                + "\"bufferBytes\":30,\"tcp\":{\"backlog\":1}}");
        assertThat(created.at("/status/backlog").intValue()).isEqualTo(1);
        try (Socket client = new Socket("localhost", created.at("/status/port").intValue())) {
            client.getOutputStream().write("Hello karl".getBytes(StandardCharsets.UTF_8));
            byte[] answer = new byte[1024];
            int count = client.getInputStream().read(answer);
            assertThat(new String(answer, 0, count, StandardCharsets.UTF_8)).isEqualTo("Hello karl");
        }
        await().untilAsserted(() -> {
            Answer seen = get(LISTENERS + "/karl");
            assertThat(seen.at("/status/connections/total").intValue()).isEqualTo(1);
            assertThat(seen.at("/status/traffic/receivedBytes").intValue()).isEqualTo(10);
            assertThat(seen.at("/status/traffic/sentBytes").intValue()).isEqualTo(10);
        });
    }

    @Test
    void startAndStopAreIdempotentAndSetEnabled() throws Exception {
        create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0}");
        String stoppedAt = post(LISTENERS + "/a/stop").header("ETag");
        for (int i = 0; i < 2; i++) {
            Answer stopped = post(LISTENERS + "/a/stop");
            assertThat(stopped.at("/status/state").stringValue()).isEqualTo("stopped");
            assertThat(stopped.at("/enabled").booleanValue()).isFalse();
            assertThat(stopped.header("ETag")).isEqualTo(stoppedAt);
        }
        Answer started = post(LISTENERS + "/a/restart");
        assertThat(started.at("/status/state").stringValue()).isEqualTo("running");
        assertThat(started.at("/enabled").booleanValue()).isTrue();
        assertThat(post(LISTENERS + "/a/start").status()).isEqualTo(200);
        assertThat(post(LISTENERS + "/a/reset-counters").status()).isEqualTo(200);
        assertThat(post(LISTENERS + "/nobody/start").code()).isEqualTo("listener-not-found");
    }

    @Test
    void deleteReturnsTheLastView() throws Exception {
        create("{\"name\":\"a\",\"protocol\":\"udp\",\"port\":0}");
        Answer deleted = delete(LISTENERS + "/a");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.at("/status/state").stringValue()).isEqualTo("stopped");
        assertThat(get(LISTENERS + "/a").status()).isEqualTo(404);
        assertThat(delete(LISTENERS + "/a").code()).isEqualTo("listener-not-found");
    }

    @Test
    void putCreatesAndReplacesUnderItsConditions() throws Exception {
        String body = "{\"protocol\":\"tcp\",\"port\":0}";
        assertThat(put(LISTENERS + "/a", body, "If-Match", "\"1\"").status()).isEqualTo(412);
        String first = put(LISTENERS + "/a", body, "If-None-Match", "*").header("ETag");
        assertThat(put(LISTENERS + "/a", body, "If-None-Match", "*").code()).isEqualTo("precondition-failed");
        String changed = "{\"protocol\":\"tcp\",\"port\":0,\"description\":\"x\"}";
        String second =
                put(LISTENERS + "/a", changed, "If-Match", "\"7\", " + first).header("ETag");
        assertThat(second).isNotEmpty().isNotEqualTo(first);
        assertThat(put(LISTENERS + "/a", body, "If-Match", first).code()).isEqualTo("precondition-failed");
        assertThat(put(LISTENERS + "/a", body, "If-Match", "W/" + second).code())
                .isEqualTo("precondition-failed");
        assertThat(put(LISTENERS + "/a", body, "If-Match", "2").code()).isEqualTo("invalid-request");
        assertThat(put(LISTENERS + "/a", body, "If-Match", "\"\"" + ",\"\"".repeat(1900))
                        .status())
                .isEqualTo(412);
        assertThat(put(LISTENERS + "/a", "{\"name\":\"b\",\"protocol\":\"tcp\",\"port\":0}")
                        .fields())
                .containsExactly("name");
        assertThat(delete(LISTENERS + "/a", "If-Match", first).status()).isEqualTo(412);
        assertThat(delete(LISTENERS + "/a", "If-Match", second).status()).isEqualTo(200);
        // What is gone meets no condition.
        assertThat(put(LISTENERS + "/a", body, "If-Match", second).status()).isEqualTo(412);
        assertThat(patch(LISTENERS + "/a", "{}", "If-Match", second).status()).isEqualTo(412);
        assertThat(delete(LISTENERS + "/a", "If-Match", "*").status()).isEqualTo(412);
        assertThat(patch(LISTENERS + "/a", "{}").status()).isEqualTo(404);
    }

    @Test
    void onlyOneOfTwoPutsWithTheSameEtagSucceeds() throws Exception {
        String tag = create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0}").header("ETag");
        List<CompletableFuture<Integer>> puts = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        String body = "{\"protocol\":\"tcp\",\"port\":0,\"description\":\"" + i + "\"}";
                        return put(LISTENERS + "/a", body, "If-Match", tag).status();
                    } catch (Exception ex) {
                        throw new IllegalStateException(ex);
                    }
                }))
                .toList();
        assertThat(puts.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(200, 412);
    }

    @Test
    void patchChangesNamedFieldsAndNullRestoresTheDefault() throws Exception {
        create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0,\"labels\":{\"a\":\"1\",\"b\":\"2\"},"
                + "\"tcp\":{\"idleTimeoutMs\":1000,\"maxConnections\":5}}");
        Answer patched = patch(
                LISTENERS + "/a",
                "{\"description\":\"d\",\"labels\":{\"a\":null,\"c\":\"3\"},\"tcp\":{\"idleTimeoutMs\":null}}");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.at("/labels").toString()).isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
        assertThat(patched.at("/tcp/idleTimeoutMs").intValue()).isEqualTo(300_000);
        assertThat(patched.at("/tcp/maxConnections").intValue()).isEqualTo(5);
        assertThat(patch(LISTENERS + "/a", "{\"prot\":null,\"tcp\":{\"bcklog\":null}}")
                        .fields())
                .containsExactlyInAnyOrder("prot", "tcp.bcklog");
        assertThat(patch(LISTENERS + "/a", "{\"name\":\"b\",\"protocol\":\"udp\"}")
                        .fields())
                .containsExactly("name", "protocol");
        assertThat(patch(LISTENERS + "/a", "{\"tcp\":null}")
                        .at("/tcp/maxConnections")
                        .intValue())
                .isEqualTo(10_000);
        assertThat(patch(LISTENERS + "/a", "{}", "If-Match", patched.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(patch(LISTENERS + "/a", "{}", "If-Match", "*").status()).isEqualTo(200);
    }

    @Test
    void readsNeverReturnNotModified() throws Exception {
        create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0}");
        Answer answer =
                send(request(LISTENERS + "/a").header("If-None-Match", "\"1\"").GET());
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void listsSortedFilteredAndPaged() throws Exception {
        for (int i = 0; i < 5; i++) {
            create("{\"name\":\"l" + i + "\",\"protocol\":\"" + (i % 2 == 0 ? "tcp" : "udp") + "\",\"port\":0,"
                    + "\"labels\":{\"n\":\"" + i % 2 + "\",\"note\":\"a,b\"}}");
        }
        post(LISTENERS + "/l4/stop");
        assertThat(names(get(LISTENERS + "?label=n%3D1"))).containsExactly("l1", "l3");
        assertThat(names(get(LISTENERS + "?label=n%3D0&state=running"))).containsExactly("l0", "l2");
        assertThat(names(get(LISTENERS + "?protocol=udp&label=n%3D1&limit=1000")))
                .containsExactly("l1", "l3");
        assertThat(names(get(LISTENERS + "?label=note%3Da,b&protocol=udp"))).containsExactly("l1", "l3");
        assertThat(get(LISTENERS + "?label=n").fields()).containsExactly("label");
        assertThat(get(LISTENERS + "?label=n%3D1&label=n%3D2&foo=1&limit=0").fields())
                .containsExactlyInAnyOrder("label", "foo", "limit");

        List<String> seen = new ArrayList<>();
        Answer page = get(LISTENERS + "?limit=2");
        while (true) {
            seen.addAll(names(page));
            if (page.at("/nextCursor").isNull()) {
                break;
            }
            // What comes and goes between two pages does not upset the cursor.
            delete(LISTENERS + "/" + seen.get(seen.size() - 1));
            page = get(LISTENERS + "?limit=2&cursor=" + page.at("/nextCursor").stringValue());
        }
        assertThat(seen).containsExactly("api-test-declared", "l0", "l1", "l2", "l3", "l4");
    }

    @Test
    void aDeclaredListenerIsReadOnlyButCanBeStartedAndStopped() throws Exception {
        String path = LISTENERS + "/api-test-declared";
        assertThat(get(path).at("/status/origin").stringValue()).isEqualTo("configuration");
        assertThat(delete(path).code()).isEqualTo("listener-read-only");
        assertThat(patch(path, "{\"description\":\"x\"}").code()).isEqualTo("listener-read-only");
        assertThat(put(path, "{\"protocol\":\"tcp\",\"port\":0}").code()).isEqualTo("listener-read-only");
        assertThat(post(path + "/stop").status()).isEqualTo(200);
        assertThat(post(path + "/start").status()).isEqualTo(200);
    }

    @Test
    void endpointTakenNamesTheHolder() throws Exception {
        int port = create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":0}")
                .at("/status/port")
                .intValue();
        Answer taken = create("{\"name\":\"b\",\"protocol\":\"tcp\",\"host\":\"0.0.0.0\",\"port\":" + port + "}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("endpoint-taken");
        assertThat(taken.at("/holder").stringValue()).isEqualTo("a");
    }

    @Test
    void aPortInUseIsRefusedAndLeavesNothingBehind() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Answer answer = create("{\"name\":\"a\",\"protocol\":\"tcp\",\"port\":" + holder.getLocalPort() + "}");
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("port-in-use");
        }
        assertThat(get(LISTENERS + "/a").status()).isEqualTo(404);
    }

    @Test
    void anAddressOfAnotherHostIsRefused() throws Exception {
        for (String host : List.of("203.0.113.9", "2001:db8::9", "name.invalid", "224.0.0.1", "255.255.255.255")) {
            Answer answer = create("{\"name\":\"a\",\"protocol\":\"udp\",\"host\":\"" + host + "\",\"port\":0}");
            assertThat(answer.code()).as(host).isEqualTo("address-unavailable");
        }
    }

    private static List<String> names(Answer page) {
        return IntStream.range(0, page.at("/items").size())
                .mapToObj(i -> page.at("/items/" + i + "/name").stringValue())
                .toList();
    }
}
