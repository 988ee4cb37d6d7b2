package dev.canyon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageApiTest extends ApiTest {

    @Test
    void aTestMessageTellsBothEndsAndTheTiming() throws Exception {
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
    void bytesComeInManySpellings() throws Exception {
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
    void whatIsExpectedDecidesTheVerdict() throws Exception {
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
