package dev.canyon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands send and run with a PROXY header. */
@Timeout(60)
class ProxyHeaderCommandsTest {

    @Test
    void aMessageBeginsWithTheHeader() throws Exception {
        try (Listening listening =
                Listening.start("tcp://127.0.0.1:0", "--proxy-protocol", "required", "--reply", "identity")) {
            String uri = listening.uri("tcp");
            for (String version : new String[] {"1", "2"}) {
                Invocation sent = Invocation.of(
                        "send",
                        uri,
                        "--text",
                        "a",
                        "--proxy-protocol",
                        version,
                        "--proxy-source",
                        "[2001:db8::7]:4711",
                        "--expect-contains",
                        "2001:db8::7");
                assertThat(sent.status()).as(sent.toString()).isZero();
            }
            assertThat(Invocation.of("send", uri, "--text", "a", "--timeout", "200ms")
                            .status())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--proxy-protocol 1", "--proxy-source 192.0.2.7:1 --proxy-destination 192.0.2.1:2"})
    void everyConnectionOfARunBeginsWithTheHeader(String options) throws Exception {
        try (Listening listening = Listening.start("tcp://127.0.0.1:0", "--proxy-protocol", "required")) {
            String[] arguments = Stream.concat(
                            Stream.of("run", listening.uri("tcp"), "--messages", "20", "--connections", "2", "--json"),
                            Stream.of(options.split(" ")))
                    .toArray(String[]::new);
            Invocation run = Invocation.of(arguments);
            assertThat(run.status()).as(run.toString()).isZero();
            JsonNode header = JsonMapper.shared().readTree(run.out()).at("/request/proxyProtocol");
            assertThat(header.propertyNames()).containsExactly("version", "source", "destination");
            assertThat(header.path("version").intValue()).isEqualTo(options.startsWith("--proxy-source") ? 2 : 1);
        }
    }

    @Test
    void theReportOfARunNamesTheHeader() throws Exception {
        try (Listening listening = Listening.start("tcp://127.0.0.1:0", "--proxy-protocol", "required")) {
            Invocation run =
                    Invocation.of("run", listening.uri("tcp"), "--messages", "20", "--proxy-source", "192.0.2.7:4711");
            assertThat(run.out()).contains("PROXY header version 2 from 192.0.2.7:4711");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "udp, --proxy-protocol 2, tcp:// or tls://",
        "tcp, --proxy-protocol 3, 3 (expected: 1 to 2)",
        "tcp, --proxy-source localhost:1, such as 192.0.2.7:4711",
        "tcp, --proxy-destination 192.0.2.7:1, requires --proxy-source",
    })
    void wrongOptionsAreNamed(String scheme, String option, String named) {
        String[] arguments = Stream.concat(
                        Stream.of("send", scheme + "://127.0.0.1:9", "--text", "a"), Stream.of(option.split(" ")))
                .toArray(String[]::new);
        Invocation wrong = Invocation.of(arguments);
        assertThat(wrong.status()).as(wrong.toString()).isEqualTo(2);
        assertThat(wrong.err()).contains(arguments[4], named);
    }
}
