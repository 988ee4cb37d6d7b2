package dev.canyon.api.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.canyon.api.ApiTest;
import dev.canyon.api.json.BodyReader;
import dev.canyon.api.json.BodyTree;
import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.api.target.TargetTls;
import dev.canyon.api.target.Targets;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.settings.CanyonProperties;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MessageApiTest extends ApiTest {

    @Autowired
    ListenerDirectory directory;

    @Autowired
    Targets targets;

    @Autowired
    TargetTls tls;

    @Autowired
    BodyReader bodies;

    @Test
    void aTestMessageReportsBothEndsAndTheTiming() throws Exception {
        for (String protocol : List.of("tcp", "udp")) {
            create("{\"name\":\"m-" + protocol + "\",\"protocol\":\"" + protocol + "\",\"port\":0}");
            Answer answer = send("m-" + protocol, "{\"text\":\"Hello karl\"}");
            assertThat(answer.status()).isEqualTo(200);
            assertOutcome(answer, "ok", "pass");
            assertThat(answer.at("/received/text").stringValue()).isEqualTo("Hello karl");
            assertThat(answer.at("/received/base64").stringValue()).isEqualTo("SGVsbG8ga2FybA==");
            assertThat(answer.at("/client/address").stringValue()).isEqualTo("127.0.0.1");
            assertThat(answer.at("/server/remotePort")).isEqualTo(answer.at("/client/port"));
            assertThat(answer.at("/target/address").stringValue()).isEqualTo("127.0.0.1");
            long sent = answer.at("/timing/sentMicros").longValue();
            long first = answer.at("/timing/firstByteMicros").longValue();
            long closed = answer.at("/timing/closedMicros").longValue();
            assertThat(sent).isPositive().isLessThanOrEqualTo(first);
            assertThat(first).isLessThanOrEqualTo(closed);
        }
    }

    @Test
    void bytesAreAcceptedInSeveralEncodings() throws Exception {
        create("{\"name\":\"m\",\"protocol\":\"tcp\",\"port\":0}");
        assertThat(send("m", "{\"hex\":\"0x48 65:6C6c 6f\"}")
                        .at("/received/text")
                        .stringValue())
                .isEqualTo("Hello");
        assertThat(send("m", "{\"base64\":\"/w==\"}").at("/received/text").isNull())
                .isTrue();
        assertThat(send("m", "{\"size\":65536}").at("/received/bytes").intValue())
                .isEqualTo(65_536);
        Answer latin = send("m", "{\"text\":\"\u00e9\",\"charset\":\"iso-8859-1\"}");
        assertThat(latin.at("/sent/bytes").intValue()).isEqualTo(1);
        assertOutcome(latin, "ok", "pass");
    }

    @Test
    void anEmptyMessageTestsTheConnectionOrSendsAnEmptyDatagram() throws Exception {
        create("{\"name\":\"t\",\"protocol\":\"tcp\",\"port\":0}");
        create("{\"name\":\"u\",\"protocol\":\"udp\",\"port\":0}");
        Answer tcp = send("t", "{\"text\":\"\"}");
        assertOutcome(tcp, "ok", "pass");
        assertThat(tcp.at("/server/remotePort")).isEqualTo(tcp.at("/client/port"));
        Answer udp = send("u", "{\"size\":0}");
        assertOutcome(udp, "ok", "pass");
        assertThat(udp.at("/client/address").stringValue()).isEqualTo("127.0.0.1");
        assertThat(send("u", "{\"size\":65507}").at("/received/bytes").intValue())
                .isEqualTo(65_507);
        assertThat(send("u", "{\"size\":65508}").fields()).containsExactly("body");
    }

    @Test
    void theExpectationDeterminesTheVerdict() throws Exception {
        create("{\"name\":\"m\",\"protocol\":\"tcp\",\"port\":0}");
        assertOutcome(send("m", "{\"text\":\"ab\",\"expect\":{\"text\":\"ab\"}}"), "ok", "pass");
        assertOutcome(send("m", "{\"text\":\"ab\",\"expect\":{\"contains\":\"b\"}}"), "ok", "pass");
        assertOutcome(send("m", "{\"text\":\"ab\",\"expect\":{\"hex\":\"6163\"}}"), "mismatch", "fail");
        assertOutcome(
                send("m", "{\"text\":\"ab\",\"timeoutMs\":1000,\"expect\":{\"text\":\"abc\"}}"), "partial", "fail");
        assertOutcome(
                send("m", "{\"text\":\"\",\"timeoutMs\":1000,\"expect\":{\"text\":\"abc\"}}"), "timeout-read", "fail");
        assertOutcome(send("m", "{\"text\":\"ab\",\"halfClose\":true}"), "ok", "pass");
        assertOutcome(
                send("m", "{\"text\":\"ab\",\"halfClose\":true,\"expect\":{\"text\":\"abc\"}}"),
                "closed-early",
                "fail");
    }

    @Test
    void aListenerThatIsNotRunningIsNotDialled() throws Exception {
        create("{\"name\":\"m\",\"protocol\":\"tcp\",\"port\":0,\"enabled\":false}");
        Answer answer = send("m", "{\"text\":\"a\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertOutcome(answer, "refused", "fail");
        assertThat(answer.at("/detail").stringValue()).isEqualTo("listener is stopped");
        assertThat(answer.at("/client").isNull()).isTrue();
    }

    @Test
    void aWildcardListenerIsDialledOnLoopback() throws Exception {
        create("{\"name\":\"four\",\"protocol\":\"udp\",\"host\":\"0.0.0.0\",\"port\":0}");
        create("{\"name\":\"six\",\"protocol\":\"tcp\",\"host\":\"::\",\"port\":0}");
        assertThat(send("four", "{\"text\":\"a\"}").at("/target/address").stringValue())
                .isEqualTo("127.0.0.1");
        Answer six = send("six", "{\"text\":\"a\"}");
        assertOutcome(six, "ok", "pass");
        assertThat(six.at("/target/address").stringValue()).isEqualTo("::1");
    }

    @Test
    void aRepeatedMessageReportsEachAttempt() throws Exception {
        for (String protocol : List.of("tcp", "udp")) {
            create("{\"name\":\"r-" + protocol + "\",\"protocol\":\"" + protocol + "\",\"port\":0}");
            Answer answer = send("r-" + protocol, "{\"text\":\"Hello karl\",\"repeat\":3}");
            assertOutcome(answer, "ok", "pass");
            JsonNode attempts = answer.at("/attempts");
            assertThat(attempts.size()).isEqualTo(3);
            for (JsonNode attempt : attempts) {
                assertThat(attempt.at("/outcome").stringValue()).isEqualTo("ok");
                assertThat(attempt.at("/verdict").stringValue()).isEqualTo("pass");
                assertThat(attempt.at("/received/text").stringValue()).isEqualTo("Hello karl");
                assertThat(attempt.at("/timing/sentMicros").longValue()).isPositive();
            }
            assertThat(answer.at("/timing")).isEqualTo(attempts.get(2).at("/timing"));
            assertThat(get("/api/v1/listeners/r-" + protocol)
                            .at("/status/traffic/receivedBytes")
                            .longValue())
                    .isEqualTo(30);
        }
        assertThat(get("/api/v1/listeners/r-tcp")
                        .at("/status/connections/total")
                        .longValue())
                .isEqualTo(1);
        assertThat(send("r-tcp", "{\"text\":\"a\",\"repeat\":1}")
                        .at("/attempts")
                        .isNull())
                .isTrue();
        Answer failed = send("r-tcp", "{\"text\":\"ab\",\"repeat\":2,\"expect\":{\"text\":\"ac\"}}");
        assertOutcome(failed, "mismatch", "fail");
        assertThat(failed.at("/timing")).isEqualTo(failed.at("/attempts/0/timing"));
    }

    @Test
    void theMaximumMessageSizeIsConfigurable() throws Exception {
        create("{\"name\":\"m\",\"protocol\":\"tcp\",\"port\":0}");
        assertOutcome(send("m", "{\"size\":65536}"), "ok", "pass");
        Answer refused = send("m", "{\"size\":65537}");
        assertThat(refused.fields()).containsExactly("size");
        assertThat(refused.at("/detail").stringValue()).contains("65537 bytes; canyon.limits.message-bytes is 65536");
        assertThat(send("m", "{\"text\":\"" + "a".repeat(65_537) + "\"}").fields())
                .containsExactly("body");
        assertThat(send("m", "{\"size\":16777217}").fields()).containsExactly("size");

        CanyonProperties changed = new Binder(
                        new MapConfigurationPropertySource(Map.of("canyon.limits.message-bytes", "20")))
                .bindOrCreate("canyon", CanyonProperties.class);
        MessageController controller = new MessageController(directory, targets, tls, bodies, changed);
        ObjectNode body = JsonMapper.shared().createObjectNode();
        assertThat(controller.send("m", BodyTree.of(body.put("size", 20))).outcome())
                .isEqualTo("ok");
        assertThatThrownBy(() -> controller.send("m", BodyTree.of(body.put("size", 21))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("canyon.limits.message-bytes is 20");
    }

    @Test
    void invalidMessagesAreNotSent() throws Exception {
        create("{\"name\":\"t\",\"protocol\":\"tcp\",\"port\":0}");
        create("{\"name\":\"u\",\"protocol\":\"udp\",\"port\":0}");
        assertThat(send("u", "{\"text\":\"a\",\"halfClose\":true}").fields()).containsExactly("halfClose");
        assertThat(send("t", "{\"text\":\"a\",\"repeat\":101}").fields()).containsExactly("repeat");
        assertThat(send("t", "{\"text\":\"a\",\"repeat\":0}").fields()).containsExactly("repeat");
        assertThat(send("t", "{\"text\":\"a\",\"repeat\":11,\"timeoutMs\":60000}")
                        .fields())
                .containsExactly("repeat");
        assertThat(send("t", "{\"text\":\"a\",\"target\":{\"protocol\":\"tcp\",\"host\":\"a\",\"port\":1}}")
                        .fields())
                .containsExactly("target");
        assertThat(get("/api/v1/listeners/t").at("/status/connections/total").longValue())
                .isZero();
    }

    @Test
    void theSourcePortIsSeenByTheListener() throws Exception {
        for (String protocol : List.of("tcp", "udp")) {
            create("{\"name\":\"s-" + protocol + "\",\"protocol\":\"" + protocol + "\",\"port\":0}");
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                port = free.getLocalPort();
            }
            Answer answer = send("s-" + protocol, "{\"text\":\"a\",\"sourcePort\":" + port + "}");
            assertOutcome(answer, "ok", "pass");
            assertThat(answer.at("/client/port").intValue()).isEqualTo(port);
            assertThat(answer.at("/server/remotePort").intValue()).isEqualTo(port);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"allowedSources\":[\"192.0.2.0/24\"]             | {\"text\":\"a\"}  | not-allowed | its source is not in allowedSources",
                "\"bufferBytes\":10                              | {\"size\":11}   | oversize    | it is larger than bufferBytes",
                "\"udp\":{\"replyToEmpty\":false}                | {\"text\":\"\"}   | empty       | it is empty, and udp.replyToEmpty is false",
            })
    void aDroppedDatagramNamesTheGuard(String setting, String message, String reason, String explanation)
            throws Exception {
        create("{\"name\":\"guarded\",\"protocol\":\"udp\",\"port\":0," + setting + "}");
        assertDropped(send("guarded", message.replace("}", ",\"timeoutMs\":500}")), reason, explanation);
    }

    @Test
    void aReservedSourcePortNamesTheGuard() throws Exception {
        int nfs = 2049;
        try (DatagramSocket free = new DatagramSocket(nfs)) {
            assertThat(free.isBound()).isTrue();
        } catch (BindException ex) {
            abort("port 2049 is in use");
        }
        create("{\"name\":\"guarded\",\"protocol\":\"udp\",\"port\":0}");
        assertDropped(
                send("guarded", "{\"text\":\"a\",\"timeoutMs\":500,\"sourcePort\":" + nfs + "}"),
                "reserved-port",
                "its source port is below 1024 or 2049, and udp.replyToReservedPorts is false");
    }

    @Test
    void anEndpointOfCanyonAsSourceNamesTheGuard() throws Exception {
        create("{\"name\":\"guarded\",\"protocol\":\"udp\",\"port\":0}");
        int port = create("{\"name\":\"own\",\"protocol\":\"udp\",\"host\":\"::1\",\"port\":0}")
                .at("/status/port")
                .intValue();
        assertDropped(
                send("guarded", "{\"text\":\"a\",\"timeoutMs\":500,\"sourcePort\":" + port + "}"),
                "own-endpoint",
                "its source is another endpoint of Canyon");
    }

    @Test
    void onlyTheDroppedAttemptNamesTheGuard() throws Exception {
        create("{\"name\":\"guarded\",\"protocol\":\"udp\",\"port\":0,\"udp\":{\"maxDatagramsPerSecondPerSource\":1}}");
        Answer answer = send("guarded", "{\"text\":\"a\",\"timeoutMs\":2000,\"repeat\":3}");
        List<String> details = answer.at("/attempts").values().stream()
                .map(attempt -> attempt.path("detail").asString(""))
                .toList();
        assertThat(details).hasSize(3);
        assertThat(details.get(0)).isEmpty();
        assertThat(details.get(1))
                .endsWith(
                        "the listener dropped the datagram (rate): its source has exceeded udp.maxDatagramsPerSecondPerSource");
        assertThat(details.get(2)).isEmpty();
    }

    @Test
    void aRejectedConnectionNamesTheLimit() throws Exception {
        create("{\"name\":\"guarded\",\"protocol\":\"tcp\",\"port\":0,\"allowedSources\":[\"192.0.2.0/24\"]}");
        Answer answer = send("guarded", "{\"text\":\"a\"}");
        assertThat(answer.at("/verdict").stringValue()).isEqualTo("fail");
        assertThat(answer.at("/detail").stringValue())
                .endsWith("the listener rejected the connection (not-allowed): its source is not in allowedSources");
    }

    private static void assertDropped(Answer answer, String reason, String explanation) {
        assertOutcome(answer, "timeout-read", "fail");
        assertThat(answer.at("/detail").stringValue())
                .isEqualTo("no response within 500 ms; the listener dropped the datagram (" + reason + "): "
                        + explanation);
    }

    private Answer send(String listener, String json) throws Exception {
        return post("/api/v1/listeners/" + listener + "/messages", json);
    }

    private static void assertOutcome(Answer answer, String outcome, String verdict) {
        assertThat(answer.at("/outcome").stringValue())
                .as(answer.response().body())
                .isEqualTo(outcome);
        assertThat(answer.at("/verdict").stringValue()).isEqualTo(verdict);
    }
}
