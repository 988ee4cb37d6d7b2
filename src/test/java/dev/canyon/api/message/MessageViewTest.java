package dev.canyon.api.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.dial.tls.PeerCertificate;
import dev.canyon.dial.tls.TlsFault;
import dev.canyon.dial.tls.TlsReport;
import dev.canyon.net.Loopback;
import dev.canyon.net.Protocol;
import dev.canyon.probe.Attempt;
import dev.canyon.probe.Expectation;
import dev.canyon.probe.MessageReport;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.TestMessage;
import dev.canyon.probe.TestResult;
import dev.canyon.probe.Timing;
import dev.canyon.probe.report.MessageFields;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MessageViewTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @MethodSource("reports")
    void apiAndCommandLineHaveTheSameFieldsAndValues(MessageReport report) {
        assertThat(json(MessageFields.of(report))).isEqualTo(json(MessageView.of(report)));
    }

    private static JsonNode json(Object value) {
        return JSON.readTree(JSON.writeValueAsString(value));
    }

    static Stream<MessageReport> reports() {
        Attempt ok = new Attempt(Outcome.OK, new byte[] {'a', 0}, new Timing(1L, 2L, 3L, 4L, 5L, 6L, 7L), null);
        Attempt partial =
                new Attempt(Outcome.PARTIAL, new byte[] {-1}, new Timing(1L, 2L, null, 7L, 8L, 9L, 10L), "detail");
        TestResult repeated = new TestResult(
                new InetSocketAddress(Loopback.IPV4, 1),
                new InetSocketAddress(Loopback.IPV6, 2),
                tls(),
                List.of(ok, partial));
        return Stream.of(
                new MessageReport(Protocol.TCP, "localhost", 7007, Loopback.IPV4, message(2), repeated),
                new MessageReport(
                        Protocol.UDP,
                        "nowhere",
                        7,
                        null,
                        message(1),
                        TestResult.notSent(Outcome.DNS, "cannot resolve host name 'nowhere'")));
    }

    private static TlsReport tls() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        PeerCertificate certificate = new PeerCertificate(
                "CN=a", "CN=b", start, start.plusSeconds(1), List.of("a.example", "127.0.0.1"), "ab");
        return new TlsReport(
                "TLSv1.3",
                "TLS_X",
                null,
                "a.example",
                true,
                List.of(certificate),
                false,
                TlsFault.CERTIFICATE_REQUIRED);
    }

    private static TestMessage message(int repeat) {
        byte[] payload = {'a', 0};
        Duration second = Duration.ofSeconds(1);
        return new TestMessage(payload, new Expectation.Exactly(payload), second, second, repeat, 0, false);
    }
}
