package dev.canyon.api.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import dev.canyon.engine.fault.type.FaultTypes;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class FaultApiTest extends ApiTest {

    private static final String LISTENERS = "/api/v1/listeners";
    private static final String TCP = LISTENERS + "/t";
    private static final String UDP = LISTENERS + "/u";
    private static final String SILENCE = "{\"type\":\"silence\"}";

    private int createTcp(String more) throws Exception {
        return create("{\"name\":\"t\",\"protocol\":\"tcp\",\"port\":0" + more + "}")
                .at("/status/port")
                .intValue();
    }

    private void createUdp() throws Exception {
        assertThat(create("{\"name\":\"u\",\"protocol\":\"udp\",\"port\":0}").status())
                .isEqualTo(201);
    }

    private static boolean answers(int port) throws Exception {
        try (Socket client = new Socket()) {
            client.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
            client.getOutputStream().write(7);
            client.shutdownOutput();
            return client.getInputStream().read() == 7;
        }
    }

    @Test
    void temporaryFaultsComeAndGo() throws Exception {
        int port = createTcp("");
        Answer added = post(TCP + "/faults", SILENCE);
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.response().headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).endsWith(TCP + "/faults/silence"));
        assertThat(added.at("/origin").stringValue()).isEqualTo("temporary");
        assertThat(added.at("/remainingMs").isNull()).isTrue();
        assertThat(answers(port)).isFalse();
        JsonNode listed = get(TCP + "/faults").at("/items/0");
        assertThat(listed.get("applied").intValue()).isEqualTo(1);
        assertThat(listed.get("lastAppliedAt").isString()).isTrue();
        assertThat(get(TCP).at("/status/faults").intValue()).isEqualTo(1);
        assertThat(put(TCP + "/faults/silence", "{\"type\":\"latency\",\"delayMs\":1}")
                        .at("/type")
                        .stringValue())
                .isEqualTo("latency");
        assertThat(answers(port)).isTrue();
        assertThat(delete(TCP + "/faults/silence").status()).isEqualTo(200);
        assertThat(get(TCP + "/faults").at("/items").isEmpty()).isTrue();
        assertThat(delete(TCP + "/faults/silence").at("/code").stringValue()).isEqualTo("fault-not-found");
    }

    @Test
    void theDefinitionCannotTakeTheIdOfATemporaryFault() throws Exception {
        createTcp("");
        post(TCP + "/faults", "{\"id\":\"x\",\"type\":\"silence\"}");
        Answer refused = patch(TCP, "{\"faults\":[{\"id\":\"x\",\"type\":\"latency\",\"delayMs\":200}]}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/code").stringValue()).isEqualTo("fault-exists");
        assertThat(get(TCP).at("/faults").isEmpty()).isTrue();
        assertThat(get(TCP + "/faults").at("/items").size()).isEqualTo(1);
    }

    @Test
    void aChangeOfTheProtocolEndsTemporaryFaultsThatDoNotFit() throws Exception {
        createTcp("");
        post(TCP + "/faults", SILENCE);
        post(TCP + "/faults", "{\"type\":\"latency\",\"delayMs\":1}");
        assertThat(put(TCP, "{\"name\":\"t\",\"protocol\":\"udp\",\"port\":0}").status())
                .isEqualTo(200);
        JsonNode left = get(TCP + "/faults").at("/items");
        assertThat(left.size()).isEqualTo(1);
        assertThat(left.at("/0/type").stringValue()).isEqualTo("latency");
        assertThat(get(TCP).at("/status/faults").intValue()).isEqualTo(1);
    }

    @Test
    void connectionsOfOtherSourcesAreNotNumbered() throws Exception {
        int port = createTcp("");
        post(TCP + "/faults", "{\"type\":\"silence\",\"when\":{\"first\":1},\"sources\":[\"127.0.0.2\"]}");
        assertThat(answers(port)).isTrue();
        try (Socket client = new Socket()) {
            client.bind(new InetSocketAddress("127.0.0.2", 0));
            client.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
            client.getOutputStream().write(7);
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(get(TCP + "/faults").at("/items/0/applied").intValue()).isEqualTo(1);
    }

    @Test
    void aDisconnectWithFinDoesNotResetAClientThatSendsAtOnce() throws Exception {
        int port = createTcp("");
        post(TCP + "/faults", "{\"type\":\"disconnect\",\"mode\":\"fin\"}");
        for (int i = 0; i < 50; i++) {
            try (Socket client = new Socket()) {
                client.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
                client.getOutputStream().write(7);
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void aLifetimeEndsAFault() throws Exception {
        int port = createTcp("");
        post(TCP + "/faults", "{\"type\":\"silence\",\"ttlMs\":300}");
        await().until(() -> get(TCP + "/faults").at("/items").isEmpty());
        assertThat(answers(port)).isTrue();
        assertThat(types()).contains("fault-added", "fault-expired");
    }

    @Test
    void removesTheTemporaryFaultsOfOneOrOfAll() throws Exception {
        createTcp("");
        createUdp();
        post(TCP + "/faults", SILENCE);
        post(TCP + "/faults", SILENCE);
        assertThat(delete(TCP + "/faults").at("/items/1/id").stringValue()).isEqualTo("silence-2");
        post(TCP + "/faults", SILENCE);
        post(UDP + "/faults", "{\"type\":\"drop\"}");
        assertThat(delete("/api/v1/faults").at("/removed").intValue()).isEqualTo(2);
        assertThat(get(UDP + "/faults").at("/items").isEmpty()).isTrue();
    }

    @Test
    void faultsOfTheDefinitionApplyLiveAndCanOnlyBeChangedThere() throws Exception {
        int port = createTcp("");
        try (Socket open = new Socket("127.0.0.1", port)) {
            Answer changed = patch(TCP, "{\"faults\":[{\"type\":\"silence\"}]}");
            assertThat(changed.status()).isEqualTo(200);
            assertThat(changed.at("/status/port").intValue()).isEqualTo(port);
            assertThat(answers(port)).isFalse();
            assertThat(get(TCP + "/faults").at("/items/0/origin").stringValue()).isEqualTo("definition");
            assertThat(delete(TCP + "/faults/silence").at("/code").stringValue())
                    .isEqualTo("fault-read-only");
            assertThat(post(TCP + "/faults", "{\"type\":\"stall\",\"id\":\"silence\"}")
                            .at("/code")
                            .stringValue())
                    .isEqualTo("fault-exists");
            patch(TCP, "{\"faults\":[]}");
            open.getOutputStream().write(9);
            assertThat(open.getInputStream().read()).isEqualTo(9);
        }
        assertThat(types()).contains("fault-added", "faulted", "fault-removed");
    }

    @Test
    void theSameDefinitionTwiceIsNoChange() throws Exception {
        createTcp(",\"faults\":[{\"type\":\"latency\",\"delayMs\":5},{\"type\":\"latency\",\"delayMs\":7}]");
        Answer first = get(TCP);
        Answer second = put(
                TCP,
                "{\"name\":\"t\",\"protocol\":\"tcp\",\"port\":0,"
                        + "\"faults\":[{\"type\":\"latency\",\"delayMs\":5},{\"type\":\"latency\",\"delayMs\":7}]}");
        assertThat(second.response().headers().firstValue("ETag"))
                .isEqualTo(first.response().headers().firstValue("ETag"));
        assertThat(second.at("/faults/1/id").stringValue()).isEqualTo("latency-2");
    }

    @Test
    void everyTypeCanBeAddedWithItsExample() throws Exception {
        createTcp(",\"tls\":{\"bundle\":\"self-signed\"},\"framing\":{\"type\":\"line\"}");
        createUdp();
        for (FaultTypes.FaultType<?> type : FaultTypes.all()) {
            if (type.name().equals("refuse")) {
                // Needs a port that the system has not chosen.
                continue;
            }
            Map<String, Object> body = new LinkedHashMap<>(type.example());
            body.put("type", type.name());
            for (Protocol protocol : type.protocols()) {
                String path = protocol == Protocol.TCP ? TCP : UDP;
                Answer added = post(path + "/faults", JsonMapper.shared().writeValueAsString(body));
                assertThat(added.status()).as(type.name()).isEqualTo(201);
                delete(path + "/faults");
            }
        }
    }

    @Test
    void badInputNamesTheFieldAndChangesNothing() throws Exception {
        createTcp("");
        createUdp();
        assertRefused(TCP, "{}", "type", "is required");
        assertRefused(TCP, "{\"type\":\"latncy\"}", "type", "known types");
        assertRefused(TCP, "{\"type\":\"handshake-fail\"}", "type", "set 'tls'");
        assertRefused(TCP, "{\"type\":\"latency\"}", "delayMs", "is required");
        assertRefused(TCP, "{\"type\":\"latency\",\"delayMs\":600001}", "delayMs", "600000");
        assertRefused(TCP, "{\"type\":\"latency\",\"delayMs\":1,\"bits\":1}", "bits", "is unknown");
        assertRefused(TCP, "{\"type\":\"drop\"}", "type", "is not for tcp");
        assertRefused(TCP, "{\"type\":\"duplicate\"}", "type", "set 'framing'");
        assertRefused(UDP, "{\"type\":\"silence\"}", "type", "is not for udp");
        assertRefused(TCP, "{\"type\":\"silence\",\"when\":{\"first\":1,\"every\":2}}", "when", "exactly one");
        assertRefused(TCP, "{\"type\":\"silence\",\"when\":{}}", "when", "exactly one");
        assertRefused(TCP, "{\"type\":\"silence\",\"when\":{\"probability\":1.5}}", "when.probability", "0 to 1");
        assertRefused(TCP, "{\"type\":\"silence\",\"direction\":\"in\"}", "direction", "out");
        assertRefused(TCP, "{\"type\":\"no-accept\",\"sources\":[\"10.0.0.0/8\"]}", "sources", "all clients");
        assertRefused(TCP, "{\"type\":\"refuse\"}", "type", "fixed port");
        assertRefused(UDP, "{\"type\":\"reorder\"}", "byDatagrams", "set exactly one of byDatagrams and byMs");
        assertRefused(TCP, "{\"type\":\"silence\",\"ttlMs\":-1}", "ttlMs", "0 to");
        assertRefused(TCP, "{\"type\":\"silence\",\"seed\":9007199254740992}", "seed", "9007199254740991");
        assertThat(get(TCP + "/faults").at("/items").isEmpty()).isTrue();
        Answer inDefinition = patch(TCP, "{\"faults\":[{\"type\":\"silence\",\"ttlMs\":5}]}");
        assertThat(inDefinition.status()).isEqualTo(400);
        assertThat(inDefinition.at("/errors/0/field").stringValue()).isEqualTo("faults[0].ttlMs");
        assertThat(inDefinition.at("/errors/0/message").stringValue()).contains("temporary");
        assertThat(patch(TCP, "{\"faults\":[{\"type\":\"silence\",\"id\":\"a\"},{\"type\":\"stall\",\"id\":\"a\"}]}")
                        .at("/errors/0/field")
                        .stringValue())
                .isEqualTo("faults[1].id");
    }

    @Test
    void aFaultOfMessagesNeedsFraming() throws Exception {
        String framed = ",\"framing\":{\"type\":\"line\"}";
        String plain = "\"framing\":{\"type\":\"none\"}";
        createTcp(framed);
        assertRefused(TCP, "{\"type\":\"duplicate\",\"direction\":\"in\"}", "direction", "must be out");
        assertThat(patch(TCP, "{\"faults\":[{\"type\":\"duplicate\"}]}").status())
                .isEqualTo(200);
        Answer refused = patch(TCP, "{" + plain + "}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields()).containsExactly("faults[0].type");
        assertThat(refused.at("/errors/0/message").stringValue()).contains("set 'framing'");
        assertThat(get(TCP).at("/framing/type").stringValue()).isEqualTo("line");
        assertThat(patch(TCP, "{\"faults\":[]}").status()).isEqualTo(200);
        assertThat(post(TCP + "/faults", "{\"type\":\"duplicate\"}").status()).isEqualTo(201);
        assertThat(patch(TCP, "{" + plain + "}").status()).isEqualTo(200);
        assertThat(get(TCP + "/faults").at("/items").isEmpty()).isTrue();
    }

    @Test
    void atMost32AreInForce() throws Exception {
        createTcp("");
        for (int i = 0; i < 32; i++) {
            assertThat(post(TCP + "/faults", SILENCE).status()).isEqualTo(201);
        }
        Answer refused = post(TCP + "/faults", SILENCE);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/limit").stringValue()).isEqualTo("faults");
    }

    private void assertRefused(String listener, String body, String field, String message) throws Exception {
        Answer refused = post(listener + "/faults", body);
        assertThat(refused.status()).as(body).isEqualTo(400);
        assertThat(refused.at("/errors/0/field").stringValue()).as(body).isEqualTo(field);
        assertThat(refused.at("/errors/0/message").stringValue()).as(body).contains(message);
    }

    private List<String> types() throws Exception {
        return get(TCP + "/events")
                .at("/items")
                .valueStream()
                .map(event -> event.get("type").stringValue())
                .toList();
    }
}
