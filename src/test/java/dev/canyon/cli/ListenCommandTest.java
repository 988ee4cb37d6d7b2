package dev.canyon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.FreePorts;
import dev.canyon.transport.Loopback;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class ListenCommandTest {

    @Test
    void whatIsOpenAndWhatHappensIsPrinted() throws Exception {
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
    void eachLineMayBeJson() throws Exception {
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
    void quietlyOnlyWhatIsOpenIsPrinted() throws Exception {
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
    void whoIsTurnedAwayIsCounted() throws Exception {
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
    void aPortThatIsTakenFailsAndLeavesNothingOpen() throws Exception {
        int free = FreePorts.next();
        try (ServerSocket holder = new ServerSocket(0, 1, Loopback.IPV4)) {
            Invocation failed =
                    Invocation.of("listen", "udp://127.0.0.1:" + free, "tcp://127.0.0.1:" + holder.getLocalPort());
            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.err())
                    .isEqualTo("canyon listen: 127.0.0.1:" + holder.getLocalPort()
                            + " is in use by another socket: stop that program, or take another port\n");
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

    @Test
    void limitsAreKept() throws Exception {
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
