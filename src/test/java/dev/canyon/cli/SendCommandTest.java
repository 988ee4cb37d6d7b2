package dev.canyon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.cli.listen.OpenEndpoint;
import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.ProtocolSettings;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.endpoint.UdpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.net.ListenAddress;
import dev.canyon.net.Loopback;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class SendCommandTest {

    private static EchoTransport transport;
    private static String tcp;
    private static String udp;

    @BeforeAll
    static void open() {
        transport = EchoTransport.start(TransportKind.preferred());
        tcp = echo("127.0.0.1", TcpSettings.defaults()).uri();
        udp = echo("127.0.0.1", UdpSettings.defaults()).uri();
    }

    @AfterAll
    static void close() {
        transport.close();
    }

    private static OpenEndpoint echo(String host, ProtocolSettings settings) {
        EndpointSpec spec =
                new EndpointSpec(new ListenAddress(host, 0), EndpointSpec.DEFAULT_BUFFER_BYTES, List.of(), settings);
        return OpenEndpoint.open(transport, spec, SocketObserver.NONE);
    }

    @Test
    void anEchoPassesAndEachStepIsPrinted() {
        for (String uri : List.of(tcp, udp)) {
            Invocation sent = Invocation.of("send", uri, "--text", "Hello karl");
            assertThat(sent.status()).as(sent.toString()).isZero();
            assertThat(sent.out())
                    .startsWith("pass: ok")
                    .contains("target    " + uri)
                    .containsPattern("client    127\\.0\\.0\\.1:\\d+")
                    .contains("sent      10 bytes \"Hello karl\"", "received  10 bytes \"Hello karl\"")
                    .containsPattern("steps     resolved .* ms, .*sent .* ms, first byte .* ms, .*closed .* ms");
            assertThat(sent.err()).isEmpty();
        }
    }

    @Test
    void hostNamesAndIpv6AddressesAreDialled() {
        Invocation named = Invocation.of("send", tcp.replace("127.0.0.1", "localhost"), "-4", "--text", "a");
        assertThat(named.status()).as(named.toString()).isZero();
        assertThat(named.out()).contains("tcp://localhost:", "(127.0.0.1)");

        Invocation six =
                Invocation.of("send", echo("::1", TcpSettings.defaults()).uri(), "--text", "a");
        assertThat(six.status()).as(six.toString()).isZero();
        assertThat(six.out()).contains("target    tcp://[::1]:");

        assertThat(Invocation.of("send", tcp.replace("127.0.0.1", "0.0.0.0"), "--text", "a")
                        .out())
                .contains("(127.0.0.1)");
    }

    @Test
    void binaryDataIsDumpedAndControlCharactersAreEscaped() {
        assertThat(Invocation.of("send", tcp, "--hex", "0x00 41:ff").out())
                .contains("received  3 bytes\n          00000000  00 41 ff ")
                .contains("|.A.|");
        assertThat(Invocation.of("send", tcp, "--text", "\u001b[31m\n\"").out())
                .contains("received  7 bytes \"\\u001b[31m\\n\\\"\"")
                .doesNotContain("\u001b");
        assertThat(Invocation.of("send", tcp, "--text", "\u20ac".repeat(100)).out())
                .contains("300 bytes \"" + "\u20ac".repeat(85) + "\" ...");
        assertThat(Invocation.of("send", tcp, "--base64", "/w==").out()).contains("received  1 byte\n");
        assertThat(Invocation.of("send", tcp, "--text", "\u00e9", "--charset", "iso-8859-1")
                        .out())
                .contains("sent      1 byte\n");
    }

    @Test
    void aMessageIsRepeatedOnOneSocket() {
        Invocation repeated = Invocation.of("send", udp, "--size", "1400", "--repeat", "3");
        assertThat(repeated.status()).isZero();
        assertThat(repeated.out()).contains("attempt 1  ok, 1400 bytes received, ", "attempt 3  ok");
    }

    @Test
    void theExpectationDeterminesTheVerdict() {
        assertThat(Invocation.of("send", tcp, "--text", "ab", "--expect-contains", "b")
                        .status())
                .isZero();
        assertThat(Invocation.of("send", tcp, "--text", "ab", "--half-close", "--expect-hex", "6162")
                        .status())
                .isZero();
        Invocation other = Invocation.of("send", tcp, "--text", "ab", "--expect-text", "ac");
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.out()).startsWith("fail: mismatch");
        Invocation more = Invocation.of("send", tcp, "--text", "ab", "--expect-text", "abc", "--timeout", "100ms");
        assertThat(more.status()).isEqualTo(1);
        assertThat(more.out()).startsWith("fail: partial (received 2 bytes within 100 ms)");
    }

    @Test
    void anUnreachableTargetFailsWithTheResultOnStandardOutput() throws Exception {
        try (Socket reserved = new Socket()) {
            reserved.bind(new InetSocketAddress(Loopback.IPV4, 0));
            String uri = "tcp://127.0.0.1:" + reserved.getLocalPort();
            Invocation refused = Invocation.of("send", uri, "--text", "a");
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.out()).startsWith("fail: refused").contains("sent      0 bytes");
            assertThat(refused.err()).isEmpty();
        }
        Invocation unknown = Invocation.of("send", "tcp://no-such-host.invalid:7", "--text", "a");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.out()).startsWith("fail: dns (cannot resolve host name 'no-such-host.invalid')");
        Invocation withoutZone = Invocation.of("send", "udp://[fe80::1]:7", "--text", "a");
        assertThat(withoutZone.status()).isEqualTo(1);
        assertThat(withoutZone.out())
                .startsWith("fail: dns (fe80::1 is a link-local address: name its interface, fe80::1%");
        Invocation otherFamily = Invocation.of("send", tcp, "-6", "--text", "a");
        assertThat(otherFamily.status()).isEqualTo(1);
        assertThat(otherFamily.out()).contains("'127.0.0.1' has no IPv6 address");
        try (ServerSocket silent = new ServerSocket(0, 1, Loopback.IPV4)) {
            String uri = "tcp://127.0.0.1:" + silent.getLocalPort();
            Invocation timeout = Invocation.of("send", uri, "--text", "a", "--timeout", "50ms");
            assertThat(timeout.status()).isEqualTo(1);
            assertThat(timeout.out()).startsWith("fail: timeout-read (no response within 50 ms)");
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "--text a --hex 61, --text=TEXT",
                "--expect-text a, --text=TEXT",
                "--hex 0g, '--hex'",
                "--base64 *, '--base64'",
                "--size -1, '--size'",
                "--size 16777217, '--size'",
                "--text a --charset none, '--charset'",
                "--text \u00e9 --charset us-ascii, '--text'",
                "--text \ufffd, '--text'",
                "--text a --expect-contains \u00e9 --charset us-ascii, '--expect-contains'",
                "--text a --expect-hex 1, '--expect-hex'",
                "--text a --timeout 5, '--timeout'",
                "--text a --timeout 0, '--timeout'",
                "--text a --connect-timeout 2h, '--connect-timeout'",
                "--text a --repeat 0, '--repeat'",
                "--size 20000 --repeat 1000, '--repeat'",
                "--text a --source-port 65536, '--source-port'",
                "--text a --nothing, '--nothing'",
                "--text a -4 -6, -4",
            })
    void wrongArgumentsAreNamedAndNothingIsSent(String options, String named) {
        String[] arguments = Stream.concat(Stream.of("send", tcp), Stream.of(options.split(" ")))
                .toArray(String[]::new);
        Invocation wrong = Invocation.of(arguments);
        assertThat(wrong.status()).as(Arrays.toString(arguments)).isEqualTo(2);
        assertThat(wrong.err()).startsWith("canyon send: ").contains(named, "Try 'canyon send --help'.");
        assertThat(wrong.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7, tcp://HOST:PORT",
        "http://127.0.0.1:7, tcp://HOST:PORT",
        "tcp://127.0.0.1, tcp://HOST:PORT",
        "tcp://::1:7, tcp://[::1]:7007",
        "tcp://127.0.0.1:65536, 0 to 65535",
        "tcp://127.0.0.1:0, 1 to 65535",
        "tcp://a_b!:7, a host name",
    })
    void anInvalidTargetIsAUsageError(String uri, String expected) {
        Invocation wrong = Invocation.of("send", uri, "--text", "a");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains(expected);
    }

    @Test
    void optionsThatUdpDoesNotSupportAreUsageErrors() {
        assertThat(Invocation.of("send", udp, "--text", "a", "--half-close").err())
                .contains("--half-close");
        assertThat(Invocation.of("send", udp, "--size", "65507").status()).isZero();
        Invocation tooLong = Invocation.of("send", udp, "--size", "65508");
        assertThat(tooLong.status()).isEqualTo(2);
        assertThat(tooLong.err()).contains("a datagram to " + udp + " carries at most 65507 bytes, not 65508");
    }

    @Test
    void jsonHasTheFieldsOfTheApi() throws Exception {
        JsonNode schemas = JsonMapper.shared()
                .readTree(Files.readString(Path.of("openapi.json")))
                .at("/components/schemas");
        JsonNode passed = json("send", tcp, "--text", "a", "--repeat", "2");
        assertThat(passed.at("/outcome").stringValue()).isEqualTo("ok");
        assertThat(passed.at("/received/base64").stringValue()).isEqualTo("YQ==");
        assertThat(passed.at("/timing/sentMicros").longValue()).isPositive();
        JsonNode failed = json("send", "udp://no-such-host.invalid:7", "--text", "a");
        assertThat(failed.at("/verdict").stringValue()).isEqualTo("fail");
        assertThat(failed.at("/target/address").isNull()).isTrue();
        for (JsonNode result : List.of(passed, failed)) {
            assertSameFields(result, schemas.at("/MessageView"));
            assertSameFields(result.at("/target"), schemas.at("/MessageTarget"));
            assertSameFields(result.at("/received"), schemas.at("/MessageContent"));
            assertSameFields(result.at("/timing"), schemas.at("/MessageTiming"));
        }
        assertSameFields(passed.at("/client"), schemas.at("/MessageClient"));
        assertSameFields(passed.at("/attempts/1"), schemas.at("/MessageAttempt"));
    }

    private static JsonNode json(String... arguments) {
        String[] withJson =
                Stream.concat(Stream.of(arguments), Stream.of("--json")).toArray(String[]::new);
        String out = Invocation.of(withJson).out();
        assertThat(out.lines()).hasSize(1);
        return JsonMapper.shared().readTree(out);
    }

    private static void assertSameFields(JsonNode object, JsonNode schema) {
        assertThat(object.propertyNames())
                .containsExactlyInAnyOrderElementsOf(schema.at("/properties").propertyNames());
    }
}
