package dev.canyon.api.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.api.ApiTest;
import dev.canyon.api.target.Targets;
import dev.canyon.listener.directory.ListenerDirectory;
import dev.canyon.settings.CanyonProperties;
import dev.canyon.settings.InvalidPropertyException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Messages to a target. {@code canyon.targets.allowed} permits 127.0.0.8 only. */
@Timeout(60)
class MessageTargetApiTest extends ApiTest {

    private static final int PATIENCE_MILLIS = 10_000;

    @Autowired
    ListenerDirectory directory;

    /** A service on loopback that is not a listener of Canyon. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "127.0.0.1.",
                "0x7f.1",
                "0x7f000001",
                "2130706433",
                "017700000001",
                "0177.0.0.1",
                "::ffff:127.0.0.1",
                "::FFFF:7f00:1",
                "::ffff:0:0:1",
                "::127.0.0.1",
                "64:ff9b::127.0.0.1",
                "2002:7f00:1::1",
                "0.0.0.0",
                "0",
                "localhost",
                "LOCALHOST",
                "::1",
                "::1%lo",
                "::",
                "[::1]",
                "[::ffff:127.0.0.1]",
                " 127.0.0.1",
                "127.0.0.1 ",
                "127.0.0.1\\n",
                "127.0.0.1\\u0000",
                "127\u30020\u30020\u30021",
                "\u2460\u2461\u2466.0.0.1",
                "127.0.0.1:80",
                "127.0.0.8@127.0.0.1",
                "127.0.0.1/127.0.0.8",
            })
    void noPacketIsSentToATargetThatIsNotAllowed(String host) throws Exception {
        // On all addresses, so that no spelling misses it.
        try (ServerSocket tcp = new ServerSocket(0);
                DatagramSocket udp = new DatagramSocket(tcp.getLocalPort())) {
            Answer overTcp = sendTo("tcp", host, tcp.getLocalPort());
            Answer overUdp = sendTo("udp", host, udp.getLocalPort());
            assertFirstToCome(tcp, udp);
            assertRefused(overTcp);
            assertRefused(overUdp);
        }
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isIn(403, 400);
        assertThat(answer.code()).isEqualTo(answer.status() == 403 ? "target-not-allowed" : "invalid-request");
    }

    /** Asserts that no client has connected before. */
    private static void assertFirstToCome(ServerSocket tcp, DatagramSocket udp) throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        tcp.setSoTimeout(PATIENCE_MILLIS);
        try (Socket client = new Socket(loopback, tcp.getLocalPort());
                Socket accepted = tcp.accept()) {
            assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
        }
        udp.setSoTimeout(PATIENCE_MILLIS);
        try (DatagramSocket client = new DatagramSocket(0, loopback)) {
            client.send(new DatagramPacket(new byte[1], 1, loopback, udp.getLocalPort()));
            DatagramPacket first = new DatagramPacket(new byte[100], 100);
            udp.receive(first);
            assertThat(first.getPort()).isEqualTo(client.getLocalPort());
        }
    }

    @Test
    void aValidTargetThatIsNotAllowedIs403() throws Exception {
        Answer answer = sendTo("tcp", "127.0.0.1", 9);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.at("/detail").stringValue())
                .isEqualTo(
                        "canyon.targets.allowed does not permit 127.0.0.1:9: a loopback address requires an entry within"
                                + " 127.0.0.0/8. Canyon's running listeners are always permitted");
    }

    @Test
    void anAllowedTargetIsDialled() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.8"))) {
            Thread peer = new Thread(() -> {
                try (Socket client = server.accept()) {
                    client.getInputStream().transferTo(client.getOutputStream());
                } catch (Exception ex) {
                    throw new IllegalStateException(ex);
                }
            });
            peer.start();
            Answer answer = sendTo("tcp", "127.0.0.8", server.getLocalPort());
            assertThat(answer.at("/outcome").stringValue()).isEqualTo("ok");
            assertThat(answer.at("/target/address").stringValue()).isEqualTo("127.0.0.8");
            assertThat(answer.at("/server").isNull()).isTrue();
            assertThat(answer.at("/timing/resolvedMicros").longValue())
                    .isLessThanOrEqualTo(answer.at("/timing/connectedMicros").longValue());
            peer.join(PATIENCE_MILLIS);
            assertThat(peer.isAlive()).isFalse();
        }
    }

    /** A label has at most 63 characters, so that no name server is queried. */
    @Test
    void anUnresolvableNameIsAnOutcome() throws Exception {
        Answer answer = sendTo("tcp", "a".repeat(64), 80);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/outcome").stringValue()).isEqualTo("dns");
        assertThat(answer.at("/verdict").stringValue()).isEqualTo("fail");
        assertThat(answer.at("/target/address").isNull()).isTrue();
        assertThat(answer.at("/client").isNull()).isTrue();
        assertThat(answer.at("/timing/resolvedMicros").isNull()).isTrue();
        assertThat(answer.at("/detail").stringValue()).isEqualTo("cannot resolve host name '" + "a".repeat(64) + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, 127.0.0.1",
        "127.0.0.1, ::ffff:127.0.0.1, 127.0.0.1",
        "127.0.0.1, localhost, 127.0.0.1",
        "localhost, LocalHost, 127.0.0.1",
        "127.0.0.3, 127.0.0.3, 127.0.0.3",
        "0.0.0.0, 127.0.0.1, 127.0.0.1",
        "0.0.0.0, 0.0.0.0, 127.0.0.1",
        "0.0.0.0, localhost, 127.0.0.1",
        "::, ::, ::1",
        "::, localhost, ::1",
        "::1, 0:0::1, ::1",
    })
    void aRunningListenerNeedsNoEntryUntilItStops(String bound, String host, String dialled) throws Exception {
        for (String protocol : List.of("tcp", "udp")) {
            String name = "own-" + protocol;
            Answer created = create("{\"name\":\"" + name + "\",\"protocol\":\"" + protocol + "\",\"host\":\"" + bound
                    + "\",\"port\":0}");
            int port = created.at("/status/port").intValue();
            Answer answer = sendTo(protocol, host, port);
            assertThat(answer.at("/outcome").stringValue())
                    .as(answer.response().body())
                    .isEqualTo("ok");
            assertThat(answer.at("/target/host").stringValue()).isEqualTo(host);
            assertThat(answer.at("/target/address").stringValue()).isEqualTo(dialled);
            assertThat(answer.at("/server/remotePort")).isEqualTo(answer.at("/client/port"));
            String other = protocol.equals("tcp") ? "udp" : "tcp";
            assertThat(sendTo(other, host, port).code()).isEqualTo("target-not-allowed");
            post("/api/v1/listeners/" + name + "/stop");
            assertThat(sendTo(protocol, host, port).code()).isEqualTo("target-not-allowed");
            delete("/api/v1/listeners/" + name);
        }
    }

    /** The packet filter decides where else a wildcard listener can be reached. */
    @Test
    void otherAddressesOfAWildcardListenerRequireAnEntry() throws Exception {
        int port = create("{\"name\":\"wild\",\"protocol\":\"tcp\",\"host\":\"0.0.0.0\",\"port\":0}")
                .at("/status/port")
                .intValue();
        assertThat(sendTo("tcp", "127.0.0.2", port).code()).isEqualTo("target-not-allowed");
        assertThat(sendTo("tcp", "127.0.0.8", port).at("/outcome").stringValue())
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "target          | {\"text\":\"a\"}",
                "target          | {\"text\":\"a\",\"target\":null}",
                "target          | {\"text\":\"a\",\"target\":\"tcp://127.0.0.1:7\"}",
                "target.protocol | {\"text\":\"a\",\"target\":{\"host\":\"a\",\"port\":1}}",
                "target.protocol | {\"text\":\"a\",\"target\":{\"protocol\":\"TCP\",\"host\":\"a\",\"port\":1}}",
                "target.host     | {\"text\":\"a\",\"target\":{\"protocol\":\"tcp\",\"port\":1}}",
                "target.host     | {\"text\":\"a\",\"target\":{\"protocol\":\"tcp\",\"host\":\"\",\"port\":1}}",
                "target.port     | {\"text\":\"a\",\"target\":{\"protocol\":\"tcp\",\"host\":\"a\"}}",
                "target.port     | {\"text\":\"a\",\"target\":{\"protocol\":\"tcp\",\"host\":\"a\",\"port\":0}}",
                "target.port     | {\"text\":\"a\",\"target\":{\"protocol\":\"tcp\",\"host\":\"a\",\"port\":65536}}",
                "target.user     | {\"text\":\"a\",\"target\":{\"protocol\":\"tcp\",\"host\":\"a\",\"port\":1,\"user\":1}}",
                "halfClose       | {\"text\":\"a\",\"halfClose\":true,\"target\":{\"protocol\":\"udp\",\"host\":\"a\",\"port\":1}}",
            })
    void anInvalidTargetIsRejected(String field, String json) throws Exception {
        Answer answer = post("/api/v1/messages", json);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.fields()).contains(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\":\"a\"}", "{\"text\":\"a\",\"target\":{\"listener\":\"echo\"}}"})
    void theOperationForAListenerByNameIsNamed(String json) throws Exception {
        Answer answer = post("/api/v1/messages", json);
        assertThat(answer.fields()).hasSize(1);
        assertThat(answer.at("/errors/0/message").stringValue())
                .endsWith("to send to a listener by name use POST /api/v1/listeners/{name}/messages");
    }

    @Test
    void anInvalidEntryFailsTheStartWithItsProperty() {
        CanyonProperties properties = new Binder(
                        new MapConfigurationPropertySource(Map.of("canyon.targets.allowed", "10.0.0.0/8,127.1")))
                .bindOrCreate("canyon", CanyonProperties.class);
        assertThatThrownBy(() -> new Targets(directory, properties))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageStartingWith("canyon.targets.allowed: '127.1' is not a target: ")
                .hasMessageContaining("for example 10.0.0.0/8");
    }

    private Answer sendTo(String protocol, String host, int port) throws Exception {
        return post(
                "/api/v1/messages",
                "{\"target\":{\"protocol\":\"" + protocol + "\",\"host\":\"" + host + "\",\"port\":" + port
                        + "},\"text\":\"a\"}");
    }
}
