package dev.canyon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.definition.DefinitionFields;
import dev.canyon.engine.setting.AddressRanges;
import dev.canyon.net.Loopback;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class ListenCommandTest {

    @Test
    void printsOpenEndpointsAndEvents() throws Exception {
        try (Listening listening = Listening.start("tcp://127.0.0.1:0", "udp://127.0.0.1:0")) {
            String tcp = listening.uri("tcp");
            String udp = listening.uri("udp");
            assertThat(listening.lines()).hasSize(2);
            assertThat(listening.lines().get(0)).matches("tcp://127\\.0\\.0\\.1:\\d+ listening, backlog \\d+");
            assertThat(Invocation.of("send", tcp, "--text", "Hello karl").status())
                    .isZero();
            assertThat(Invocation.of("send", udp, "--text", "Hello karl").status())
                    .isZero();
            await().untilAsserted(() -> assertThat(listening.out())
                    .containsPattern("\\d\\d:\\d\\d:\\d\\d\\.\\d+ " + tcp + " accepted 127\\.0\\.0\\.1:\\d+\n")
                    .containsPattern(tcp + " closed 127\\.0\\.0\\.1:\\d+ \\(client\\): 10 bytes received, 10 sent\n")
                    .contains(udp + " received 1 datagram: 10 bytes received, 10 sent\n"));
            listening.end();
            assertThat(listening.status()).isZero();
            assertThat(listening.err())
                    .isEqualTo(tcp + " 1 connection, 10 bytes received, 10 sent\n" + udp
                            + " 1 datagram, 10 bytes received, 10 sent\n");
        }
    }

    @Test
    void printsJsonLines() throws Exception {
        try (Listening listening = Listening.start("tcp://[::1]:0", "--json", "--backlog", "7")) {
            JsonNode open = JsonMapper.shared().readTree(listening.lines().get(0));
            assertThat(open.at("/type").stringValue()).isEqualTo("listening");
            assertThat(open.at("/localAddress").stringValue()).isEqualTo("::1");
            assertThat(open.at("/detail").stringValue()).isEqualTo("listening, backlog 7");
            int port = open.at("/localPort").intValue();
            assertThat(Invocation.of("send", "tcp://[::1]:" + port, "--text", "a")
                            .status())
                    .isZero();
            await().until(() -> listening.lines().size() >= 3);
            JsonNode closed = JsonMapper.shared().readTree(listening.lines().get(2));
            assertThat(closed.at("/type").stringValue()).isEqualTo("closed");
            assertThat(closed.at("/reason").stringValue()).isEqualTo("client");
            assertThat(closed.at("/receivedBytes").longValue()).isEqualTo(1);
            assertThat(closed.at("/remotePort").intValue()).isPositive();
        }
    }

    @Test
    void quietPrintsOnlyOpenEndpoints() throws Exception {
        try (Listening listening = Listening.start("tcp://127.0.0.1:0", "--quiet")) {
            assertThat(Invocation.of("send", listening.uri("tcp"), "--text", "a")
                            .status())
                    .isZero();
            listening.end();
            assertThat(listening.lines()).hasSize(1);
            assertThat(listening.err()).contains("1 connection, 1 bytes received");
        }
    }

    @Test
    void printsRejectedAndDroppedClients() throws Exception {
        try (Listening listening =
                Listening.start("tcp://127.0.0.1:0", "udp://127.0.0.1:0", "--allow-source", "192.0.2.0/24")) {
            assertThat(Invocation.of("send", listening.uri("tcp"), "--text", "a")
                            .status())
                    .isEqualTo(1);
            assertThat(Invocation.of("send", listening.uri("udp"), "--text", "a", "--timeout", "50ms")
                            .status())
                    .isEqualTo(1);
            await().untilAsserted(() -> assertThat(listening.out())
                    .contains("rejected 1 connection (not-allowed)", "dropped 1 datagram (not-allowed)"));
            listening.end();
            assertThat(listening.err()).contains("1 rejected (not-allowed)", "1 dropped (not-allowed)");
        }
    }

    @Test
    void aPortInUseFailsAndLeavesNothingOpen() throws Exception {
        int free = FreePorts.next();
        try (ServerSocket holder = new ServerSocket(0, 1, Loopback.IPV4)) {
            Invocation failed =
                    Invocation.of("listen", "udp://127.0.0.1:" + free, "tcp://127.0.0.1:" + holder.getLocalPort());
            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.err())
                    .isEqualTo("canyon listen: 127.0.0.1:" + holder.getLocalPort()
                            + " is in use by another socket: stop that program or choose another port\n");
            assertThat(failed.out()).isEmpty();
        }
        new DatagramSocket(free, Loopback.IPV4).close();
        assertThat(Invocation.of("listen", "tcp://no-such-host.invalid:0").status())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "udp://127.0.0.1:0 --backlog 1, --backlog",
        "udp://127.0.0.1:0 --idle-timeout 1s, --idle-timeout",
        "udp://127.0.0.1:0 --max-connections 1, --max-connections",
        "tcp://127.0.0.1:0 --backlog 0, --backlog",
        "tcp://127.0.0.1:0 --idle-timeout 25h, --idle-timeout",
        "tcp://127.0.0.1:0 --max-connections -1, --max-connections",
        "tcp://127.0.0.1:0 --buffer-bytes 65537, --buffer-bytes",
        "tcp://127.0.0.1:0 --allow-source 10.0.0.1/8, --allow-source",
        "127.0.0.1:7, tcp://HOST:PORT",
        "--quiet, URI",
    })
    void wrongArgumentsAreNamedAndNothingIsOpened(String arguments, String named) {
        List<String> all = List.of(("listen " + arguments).split(" "));
        Invocation wrong = Invocation.of(all.toArray(String[]::new));
        assertThat(wrong.status()).as(arguments).isEqualTo(2);
        assertThat(wrong.err()).contains(named, "Try 'canyon listen --help'.");
        assertThat(wrong.out()).isEmpty();
    }

    /** An option for each field that describes an endpoint, with the text and the default of the API. */
    @Test
    void helpListsEveryFieldOfAnEndpoint() {
        String help = Invocation.of("listen", "--help").out().replaceAll("\\s+", " ");
        for (DefinitionFields.Entry entry : DefinitionFields.all()) {
            // The command line has no SSL bundles.
            if (entry.protocol() != null
                    && !Set.of("tls.bundle", "tls.sni").contains(entry.path())
                    && entry.field().type().innerFields().isEmpty()) {
                String option = entry.path()
                        .replaceFirst("^" + entry.protocol() + "\\.|\\.mode$", "")
                        .replaceFirst("Ms$", "")
                        .replace('.', '-')
                        .replaceAll("([A-Z])", "-$1")
                        .toLowerCase(Locale.ROOT);
                assertThat(help).contains("--" + option + "=");
                assertThat(help)
                        .contains(entry.protocol().name() + ": " + entry.field().text() + defaultOf(entry));
            }
        }
        assertThat(help)
                .contains("--buffer-bytes=BYTES", "--allow-source=CIDR", "--idle-timeout=TIME", "Default: 5m")
                .contains("--no-delay=true|false", "Default: 10000")
                .contains("--reply=TEXT", "--reply-text=TEXT", "--reply-max-delay=TIME", "Default: echo")
                .contains("--banner-hex=TEXT", "--framing=TEXT", "--framing-length-bytes=BYTES", "Default: none");
    }

    private static String defaultOf(DefinitionFields.Entry entry) {
        boolean list = entry.field().type() instanceof AddressRanges;
        return list ? " Can be repeated." : entry.field().required() ? "" : " Default: ";
    }

    @Test
    void answersOtherwiseThanByEchoing() throws Exception {
        try (Listening listening = Listening.start(
                        "tcp://127.0.0.1:0",
                        "--reply",
                        "fixed",
                        "--reply-text",
                        "pong",
                        "--banner-text",
                        "hi",
                        "--framing",
                        "line");
                Socket client = new Socket(Loopback.IPV4, listening.port("tcp"))) {
            client.getOutputStream().write("ping\nping\n".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("hipong\npong\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://127.0.0.1:0 --reply fixed, --reply-text",
        "tcp://127.0.0.1:0 --reply stamp, --reply",
        "udp://127.0.0.1:0 --framing line, --framing",
        "tcp://127.0.0.1:0 --reply discard --reply-text a, --reply-text",
        "tcp://127.0.0.1:0 --reply discard --framing line, --framing",
    })
    void wrongRepliesAreNamed(String arguments, String named) {
        List<String> all = List.of(("listen " + arguments).split(" "));
        assertThat(Invocation.of(all.toArray(String[]::new)).err()).contains("'" + named + "'");
    }

    @Test
    void misbehavesOnRequest() throws Exception {
        try (Listening listening = Listening.start("tcp://127.0.0.1:0", "--fault", "silence,when.first=1");
                Socket first = new Socket(Loopback.IPV4, listening.port("tcp"));
                Socket second = new Socket(Loopback.IPV4, listening.port("tcp"))) {
            first.getOutputStream().write(7);
            first.shutdownOutput();
            second.getOutputStream().write(7);
            assertThat(second.getInputStream().read()).isEqualTo(7);
            assertThat(first.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://127.0.0.1:0 --fault=none, --fault type",
        "tcp://127.0.0.1:0 --fault=drop, --fault type",
        "'tcp://127.0.0.1:0 --fault=latency,dely=1', --fault dely",
        "'tcp://127.0.0.1:0 --fault=latency,delayMs=x', --fault delayMs",
        "'tcp://127.0.0.1:0 --fault=latency,delayMs', FIELD=VALUE",
    })
    void wrongFaultsAreNamed(String arguments, String named) {
        List<String> all = List.of(("listen " + arguments).split(" "));
        Invocation wrong = Invocation.of(all.toArray(String[]::new));
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains(named);
    }

    @Test
    void wrongSettingsAreExplained() {
        assertThat(Invocation.of("listen", "tcp://127.0.0.1:0", "--no-delay", "maybe")
                        .err())
                .isEqualTo("""
                        canyon listen: Invalid value for option '--no-delay': must be true or false, not "maybe"
                        Try 'canyon listen --help'.
                        """);
        assertThat(Invocation.of("listen", "tcp://127.0.0.1:0", "--backlog", "0")
                        .err())
                .contains("'--backlog': must be an integer from 1 to 65535, not 0");
    }

    @Test
    void enforcesLimits() throws Exception {
        try (Listening listening =
                        Listening.start("tcp://127.0.0.1:0", "--max-connections", "1", "--idle-timeout", "200ms");
                Socket first = new Socket(Loopback.IPV4, listening.port("tcp"))) {
            first.getOutputStream().write(1);
            assertThat(first.getInputStream().read()).isEqualTo(1);
            assertThat(Invocation.of("send", listening.uri("tcp"), "--text", "a")
                            .status())
                    .isEqualTo(1);
            assertThat(first.getInputStream().read()).isEqualTo(-1);
            await().untilAsserted(() -> assertThat(listening.out())
                    .contains("(idle): 1 bytes received, 1 sent", "rejected 1 connection (max-connections)"));
        }
    }
}
