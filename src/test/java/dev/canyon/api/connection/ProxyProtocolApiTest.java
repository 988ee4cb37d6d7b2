package dev.canyon.api.connection;

import static dev.canyon.engine.identity.HeaderBytes.ascii;
import static dev.canyon.engine.identity.HeaderBytes.concat;
import static dev.canyon.engine.identity.HeaderBytes.tcp4Addresses;
import static dev.canyon.engine.identity.HeaderBytes.tlv;
import static dev.canyon.engine.identity.HeaderBytes.v2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import dev.canyon.engine.identity.HeaderBytes;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class ProxyProtocolApiTest extends ApiTest {

    private static final String LISTENER = "/api/v1/listeners/p";
    private static final String RUNS = "/api/v1/runs?waitMs=20000";
    private static final byte[] HELLO = ascii("Hello karl");

    private Answer createProxied(String protocol, String proxyProtocol) throws Exception {
        return create("{\"name\":\"p\",\"protocol\":\"" + protocol + "\",\"port\":0,\"proxyProtocol\":" + proxyProtocol
                + "}");
    }

    private static Socket connect(int port) throws Exception {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void assertEcho(Socket client) throws Exception {
        client.getOutputStream().write(HELLO);
        assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    void theClientThatTheHeaderNamesIsShownEverywhere() throws Exception {
        Answer created = createProxied("tcp", "{\"mode\":\"from-trusted\",\"trusted\":[\"127.0.0.0/8\"]}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/proxyProtocol").toString())
                .isEqualTo("{\"mode\":\"from-trusted\",\"trusted\":[\"127.0.0.0/8\"],\"headerTimeoutMs\":5000}");
        int port = created.at("/status/port").intValue();
        assertThat(put(LISTENER + "/capture", "{}").status()).isEqualTo(200);
        byte[] tls = concat(new byte[] {3, 0, 0, 0, 0}, tlv(0x21, ascii("TLSv1.3")), tlv(0x22, ascii("probe")));
        try (Socket client = connect(port)) {
            client.getOutputStream()
                    .write(v2(
                            HeaderBytes.PROXY,
                            HeaderBytes.TCP4,
                            tcp4Addresses(),
                            tlv(2, ascii("echo.example")),
                            tlv(0x20, tls)));
            assertEcho(client);
            JsonNode connection = get(LISTENER + "/connections").at("/items/0");
            assertThat(connection.path("remoteAddress").stringValue()).isEqualTo("192.0.2.7");
            assertThat(connection.path("remotePort").intValue()).isEqualTo(4711);
            assertThat(connection.path("localAddress").stringValue()).isEqualTo("198.51.100.1");
            assertThat(connection.path("proxyAddress").stringValue()).isEqualTo("127.0.0.1");
            assertThat(connection.path("proxyPort").intValue()).isEqualTo(client.getLocalPort());
            assertThat(connection.path("receivedBytes").intValue()).isEqualTo(HELLO.length);
            JsonNode header = connection.path("proxyHeader");
            assertThat(header.path("version").intValue()).isEqualTo(2);
            assertThat(header.path("command").stringValue()).isEqualTo("proxy");
            assertThat(header.path("localPort").intValue()).isEqualTo(port);
            assertThat(header.path("authority").stringValue()).isEqualTo("echo.example");
            assertThat(header.at("/tls/commonName").stringValue()).isEqualTo("probe");
            assertThat(header.at("/tls/verified").booleanValue()).isTrue();

            JsonNode message = get(LISTENER + "/capture/messages").at("/items/0");
            assertThat(message.path("text").stringValue()).isEqualTo("Hello karl");
            assertThat(message.path("remoteAddress").stringValue()).isEqualTo("192.0.2.7");

            Answer off = patch(LISTENER, "{\"proxyProtocol\":null}");
            assertThat(off.status()).isEqualTo(200);
            assertThat(off.body().has("proxyProtocol")).isFalse();
            assertThat(off.at("/status/port").intValue()).isEqualTo(port);
            assertEcho(client);
        }
        try (Socket plain = connect(port)) {
            assertEcho(plain);
        }
        await().untilAsserted(
                        () -> assertThat(get(LISTENER + "/events").at("/items").toString())
                                .contains("\"remoteAddress\":\"192.0.2.7\""));
    }

    @Test
    void aConnectionWithoutHeaderIsRejectedWithItsCause() throws Exception {
        int port = createProxied("tcp", "{\"mode\":\"required\"}")
                .at("/status/port")
                .intValue();
        try (Socket plain = connect(port)) {
            plain.getOutputStream().write(HELLO);
            await().untilAsserted(() -> {
                JsonNode connections = get(LISTENER).at("/status/connections");
                assertThat(connections.path("rejected").intValue()).isEqualTo(1);
                assertThat(connections.path("total").intValue()).isZero();
            });
        }
        await().untilAsserted(
                        () -> assertThat(get(LISTENER + "/events").at("/items").toString())
                                .contains("\"remoteAddress\":\"127.0.0.1\"")
                                .contains("\"reason\":\"proxy-header\"")
                                .contains("(missing)"));
        assertThat(text("/actuator/prometheus"))
                .contains(
                        "canyon_listener_rejected_connections_total{listener=\"p\",protocol=\"tcp\",reason=\"proxy-header\"} 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "tcp | {} | proxyProtocol.mode | is required",
                "tcp | {'mode':'guess'} | proxyProtocol.mode | must be one of off, required, from-trusted",
                "tcp | {'mode':'from-trusted'} | proxyProtocol.trusted | must have at least one range with mode from-trusted",
                "tcp | {'mode':'required','trusted':['10.0.0.0/8']} | proxyProtocol.trusted | remove it or use mode from-trusted",
                "tcp | {'mode':'from-trusted','trusted':['10/8']} | proxyProtocol.trusted[0] | ",
                "tcp | {'mode':'off','headerTimeoutMs':600001} | proxyProtocol.headerTimeoutMs | must be an integer from 0 to 600000",
                "udp | {'mode':'required'} | proxyProtocol | is not for a udp listener; remove it or use protocol tcp",
            })
    void anErrorNamesTheFieldAndTheRemedy(String protocol, String value, String field, String message)
            throws Exception {
        Answer refused = createProxied(protocol, value.replace('\'', '"'));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields()).containsExactly(field);
        assertThat(refused.at("/errors/0/message").stringValue()).contains(message == null ? "" : message);
    }

    @Test
    void aTestMessageBeginsWithAHeader() throws Exception {
        createProxied("tcp", "{\"mode\":\"required\"}");
        assertThat(patch(LISTENER, "{\"reply\":{\"mode\":\"identity\"}}").status())
                .isEqualTo(200);
        for (int version : new int[] {1, 2}) {
            Answer named = post(
                    LISTENER + "/messages",
                    "{\"text\":\"a\",\"timeoutMs\":20000,\"expect\":{\"contains\":\"\\\"remoteAddress\\\":\\\"192.0.2.7\\\"\"},"
                            + "\"proxyProtocol\":{\"version\":" + version + ",\"source\":\"192.0.2.7:4711\"}}");
            assertThat(named.at("/outcome").stringValue()).isEqualTo("ok");
        }
        Answer without = post(LISTENER + "/messages", "{\"text\":\"a\"}");
        assertThat(without.at("/outcome").stringValue()).isIn("closed-early", "reset");
        assertThat(without.at("/detail").stringValue())
                .endsWith(
                        "the listener rejected the connection (proxy-header): it requires a PROXY header: set proxyProtocol");
    }

    @Test
    void aChangeToRequiredDropsTheTrustedSources() throws Exception {
        createProxied("tcp", "{\"mode\":\"from-trusted\",\"trusted\":[\"127.0.0.0/8\"],\"headerTimeoutMs\":7000}");
        Answer changed = patch(LISTENER, "{\"proxyProtocol\":{\"mode\":\"required\"}}");
        assertThat(changed.at("/proxyProtocol").toString())
                .isEqualTo("{\"mode\":\"required\",\"trusted\":[],\"headerTimeoutMs\":7000}");
        Answer refused = patch(LISTENER, "{\"proxyProtocol\":{\"mode\":\"required\",\"trusted\":[\"10.0.0.0/8\"]}}");
        assertThat(refused.fields()).containsExactly("proxyProtocol.trusted");
    }

    @Test
    void everyConnectionOfARunBeginsWithAHeader() throws Exception {
        createProxied("tcp", "{\"mode\":\"from-trusted\",\"trusted\":[\"127.0.0.0/8\"]}");
        assertThat(patch(LISTENER, "{\"allowedSources\":[\"192.0.2.0/24\"]}").status())
                .isEqualTo(200);
        Answer run = post(
                RUNS,
                "{\"target\":{\"listener\":\"p\"},\"messages\":10,\"connections\":2,\"proxyProtocol\":{\"source\":\"192.0.2.7:4711\"}}");
        assertThat(run.at("/verdict").stringValue()).as(run.body().toString()).isEqualTo("pass");
        assertThat(run.at("/request/proxyProtocol").toString())
                .isEqualTo("{\"version\":2,\"source\":\"192.0.2.7:4711\",\"destination\":null}");
        Answer again = post(RUNS, run.at("/request").toString());
        assertThat(again.at("/verdict").stringValue()).isEqualTo("pass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"mode\":\"required\"}", "{\"mode\":\"from-trusted\",\"trusted\":[\"127.0.0.1\"]}"})
    void aRunWithoutTheHeaderThatAListenerRequiresSaysSo(String proxyProtocol) throws Exception {
        int port = createProxied("tcp", proxyProtocol).at("/status/port").intValue();
        for (String target : new String[] {
            "{\"listener\":\"p\"}", "{\"protocol\":\"tcp\",\"host\":\"127.0.0.1\",\"port\":" + port + "}"
        }) {
            Answer run = post(RUNS, "{\"target\":" + target + ",\"messages\":10,\"connections\":2}");
            assertThat(run.at("/verdict").stringValue()).isEqualTo("inconclusive");
            assertThat(run.at("/detail").stringValue())
                    .isEqualTo("no response; listener 'p' requires a PROXY header: set proxyProtocol");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "tcp | {'version':3} | proxyProtocol.version",
                "tcp | {'source':'192.0.2.7'} | proxyProtocol.source",
                "tcp | {'source':'2001:db8::7:4711'} | proxyProtocol.source",
                "tcp | {'source':'localhost:4711'} | proxyProtocol.source",
                "tcp | {'source':'192.0.2.7:0'} | proxyProtocol.source",
                "tcp | {'destination':'192.0.2.7:1'} | proxyProtocol.destination",
                "udp | {'source':'192.0.2.7:4711'} | proxyProtocol",
            })
    void aHeaderThatCannotBeSentIsRefused(String protocol, String value, String field) throws Exception {
        int port = create("{\"name\":\"q\",\"protocol\":\"" + protocol + "\",\"port\":0}")
                .at("/status/port")
                .intValue();
        String target = "{\"target\":{\"protocol\":\"" + protocol + "\",\"host\":\"127.0.0.1\",\"port\":" + port
                + "},\"proxyProtocol\":" + value.replace('\'', '"');
        Answer message = post("/api/v1/messages", target + ",\"text\":\"a\"}");
        assertThat(message.status()).isEqualTo(400);
        assertThat(message.fields()).containsExactly(field);
        Answer run = post(RUNS, target + ",\"messages\":1}");
        assertThat(run.status()).isEqualTo(400);
        assertThat(run.fields()).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void anUnknownVersionNamesTheKnownOnes(int version) throws Exception {
        Answer refused = post(
                "/api/v1/messages",
                "{\"target\":{\"protocol\":\"tcp\",\"host\":\"127.0.0.1\",\"port\":9},\"text\":\"a\",\"proxyProtocol\":{\"version\":"
                        + version + "}}");
        assertThat(refused.fields()).containsExactly("proxyProtocol.version");
        assertThat(refused.at("/errors/0/message").stringValue()).isEqualTo("must be 1 or 2");
    }
}
