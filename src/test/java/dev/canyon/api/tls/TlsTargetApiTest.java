package dev.canyon.api.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.api.ApiTest;
import dev.canyon.engine.Certificates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import tools.jackson.databind.JsonNode;

/** Test messages and runs over TLS. */
@Timeout(60)
class TlsTargetApiTest extends ApiTest {

    @Autowired
    private DefaultSslBundleRegistry bundles;

    /** {@code tls-server} has a certificate and trusts that of {@code tls-client}, which has no trust store. */
    @BeforeEach
    void registerBundles() {
        if (!bundles.getBundleNames().contains("tls-server")) {
            bundles.registerBundle("tls-server", SslBundle.of(stores("server", "client")));
            bundles.registerBundle("tls-client", SslBundle.of(stores("client", null)));
            bundles.registerBundle("tls-trust", SslBundle.of(stores(null, "server")));
        }
    }

    private static SslStoreBundle stores(@Nullable String own, @Nullable String trusted) {
        return new JksSslStoreBundle(own == null ? null : details(own), trusted == null ? null : details(trusted));
    }

    private static JksSslStoreDetails details(String name) {
        return new JksSslStoreDetails("PKCS12", null, "file:" + Certificates.keyStore(name), Certificates.PASSWORD);
    }

    private int createTls(String tls) throws Exception {
        Answer created = create("{\"name\":\"t\",\"protocol\":\"tcp\",\"port\":0,\"tls\":" + tls + "}");
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return created.at("/status/port").intValue();
    }

    private Answer send(String body) throws Exception {
        return post("/api/v1/listeners/t/messages", body);
    }

    private Answer sendTo(String host, int port, String tls) throws Exception {
        return post(
                "/api/v1/messages",
                "{\"target\":{\"protocol\":\"tcp\",\"host\":\"" + host + "\",\"port\":" + port
                        + "},\"text\":\"a\",\"tls\":" + tls + "}");
    }

    private static void assertOutcome(Answer answer, String outcome) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.at("/outcome").stringValue())
                .as(answer.body().toString())
                .isEqualTo(outcome);
    }

    @Test
    void aMessageToAListenerUsesItsTlsAndTrustsItsCertificate() throws Exception {
        createTls("{\"bundle\":\"self-signed\"}");
        Answer sent = send("{\"text\":\"Hello karl\",\"repeat\":2,\"halfClose\":true}");
        assertOutcome(sent, "ok");
        JsonNode tls = sent.at("/tls");
        assertThat(tls.at("/protocol").stringValue()).isEqualTo("TLSv1.3");
        assertThat(tls.at("/failure").isNull()).isTrue();
        JsonNode shown = get("/api/v1/listeners/t").at("/status/tls/certificate");
        assertThat(tls.at("/certificates/0/sha256")).isEqualTo(shown.at("/sha256"));
        assertThat(tls.at("/certificates/0/notAfter")).isEqualTo(shown.at("/notAfter"));
        assertThat(sent.at("/timing/handshakeMicros").longValue())
                .isBetween(
                        sent.at("/timing/connectedMicros").longValue(),
                        sent.at("/timing/sentMicros").longValue());
        assertThat(sent.at("/server/remotePort")).isEqualTo(sent.at("/client/port"));

        Answer refused = send("{\"text\":\"a\",\"tls\":{\"trust\":\"system\"}}");
        assertOutcome(refused, "tls-failed");
        assertThat(refused.at("/tls/failure").stringValue()).isEqualTo("unknown-authority");
        assertThat(refused.at("/tls/protocol").isNull()).isTrue();
        assertThat(refused.at("/tls/certificates/0/sha256")).isEqualTo(shown.at("/sha256"));
        assertThat(refused.at("/sent/bytes").intValue()).isZero();
    }

    @Test
    void aPlainListenerIsNamed() throws Exception {
        create("{\"name\":\"t\",\"protocol\":\"tcp\",\"port\":0}");
        Answer plain = send("{\"text\":\"a\",\"tls\":{}}");
        assertOutcome(plain, "tls-failed");
        assertThat(plain.at("/tls/failure").stringValue()).isEqualTo("plain-text");
        Answer without = send("{\"text\":\"a\"}");
        assertOutcome(without, "ok");
        assertThat(without.at("/tls").isNull()).isTrue();
        assertThat(send("{\"text\":\"a\",\"tls\":{\"trust\":\"listener\"}}").fields())
                .containsExactly("tls.trust");
    }

    @Test
    void anAddressIsTrustedByItsAuthorityOrBundle() throws Exception {
        int port = createTls("{\"bundle\":\"tls-server\",\"clientAuth\":\"need\",\"alpn\":[\"echo\"]}");
        Answer system = sendTo("127.0.0.1", port, "{}");
        assertThat(system.at("/tls/failure").stringValue()).isEqualTo("unknown-authority");
        Answer missing = sendTo("127.0.0.1", port, "{\"trust\":\"tls-trust\"}");
        assertOutcome(missing, "tls-failed");
        assertThat(missing.at("/tls/failure").stringValue()).isEqualTo("certificate-required");
        assertThat(missing.at("/tls/protocol").stringValue()).isEqualTo("TLSv1.3");
        Answer other = sendTo("127.0.0.1", port, "{\"trust\":\"tls-trust\",\"serverName\":\"elsewhere.example\"}");
        assertThat(other.at("/tls/failure").stringValue()).isEqualTo("wrong-name");
        assertThat(other.at("/detail").stringValue()).contains("localhost", "not for elsewhere.example");
        Answer sent = sendTo(
                "127.0.0.1",
                port,
                "{\"trust\":\"tls-trust\",\"bundle\":\"tls-client\",\"serverName\":\"server.example\",\"alpn\":[\"echo\"]}");
        assertOutcome(sent, "ok");
        assertThat(sent.at("/tls/alpn").stringValue()).isEqualTo("echo");
        assertThat(sent.at("/tls/serverName").stringValue()).isEqualTo("server.example");
        assertOutcome(sendTo("127.0.0.1", port, "{\"trust\":\"any\",\"bundle\":\"tls-client\"}"), "ok");
        // In plain text, on purpose.
        Answer plain = sendTo("127.0.0.1", port, "null");
        assertThat(plain.at("/verdict").stringValue()).isEqualTo("fail");
        assertThat(plain.at("/tls").isNull()).isTrue();
    }

    /** Also that of a bundle for another server name. */
    @Test
    void theCertificateForTheServerNameIsTrusted() throws Exception {
        createTls("{\"bundle\":\"self-signed\",\"sni\":{\"server.example\":\"tls-server\"}}");
        Answer sent = send("{\"text\":\"a\",\"tls\":{\"serverName\":\"Server.example\"}}");
        assertOutcome(sent, "ok");
        assertThat(sent.at("/tls/certificates/0/subject").stringValue()).isEqualTo("CN=server");
    }

    private String serverNameError(String name) throws Exception {
        Answer refused = send("{\"text\":\"a\",\"tls\":{\"serverName\":\"" + name + "\"}}");
        assertThat(refused.fields()).containsExactly("tls.serverName");
        return refused.at("/errors/0/message").stringValue();
    }

    @Test
    void everyErrorIsReportedByFieldAndNothingIsSent() throws Exception {
        createTls("{\"bundle\":\"self-signed\"}");
        assertThat(
                        send("{\"text\":\"a\",\"tls\":{\"trust\":\"\",\"serverName\":\"127.0.0.1\",\"alpn\":[\"a\",\"a\",\"b c\"],\"x\":1}}")
                                .fields())
                .containsExactlyInAnyOrder("tls.x", "tls.trust", "tls.serverName", "tls.alpn[1]", "tls.alpn[2]");
        assertThat(serverNameError("")).contains("1 to 253 characters", "leave it out");
        assertThat(serverNameError("127.0.0.1")).contains("IP address cannot be requested", "leave it out");
        assertThat(serverNameError("a b")).contains("letters, digits and hyphens");
        assertThat(serverNameError("EXAMPLE.org.")).contains("without a trailing dot");
        Answer unknown = send("{\"text\":\"a\",\"tls\":{\"bundle\":\"missing\"}}");
        assertThat(unknown.fields()).containsExactly("tls.bundle");
        assertThat(unknown.at("/errors/0/message").stringValue()).contains("there is no SSL bundle 'missing'");
        assertThat(send("{\"text\":\"a\",\"tls\":{\"bundle\":\"tls-trust\"}}").fields())
                .containsExactly("tls.bundle");
        Answer untrusting = send("{\"text\":\"a\",\"tls\":{\"trust\":\"tls-client\"}}");
        assertThat(untrusting.fields()).containsExactly("tls.trust");
        assertThat(untrusting.at("/errors/0/message").stringValue()).contains("has no trust store");
        create("{\"name\":\"u\",\"protocol\":\"udp\",\"port\":0}");
        assertThat(post("/api/v1/listeners/u/messages", "{\"text\":\"a\",\"tls\":{}}")
                        .fields())
                .containsExactly("tls");
        assertThat(post("/api/v1/runs", "{\"target\":{\"listener\":\"u\"},\"tls\":{}}")
                        .fields())
                .containsExactly("tls");
        assertThat(get("/api/v1/listeners/t").at("/status/tls/handshakes").intValue())
                .isZero();
    }

    @Test
    void aRunUsesTheTlsOfAListener() throws Exception {
        createTls("{\"bundle\":\"self-signed\"}");
        Answer run = post(
                "/api/v1/runs?waitMs=30000", "{\"target\":{\"listener\":\"t\"},\"connections\":2,\"messages\":20}");
        assertThat(run.at("/verdict").stringValue()).as(run.body().toString()).isEqualTo("pass");
        assertThat(run.at("/request/tls").toString())
                .isEqualTo("{\"trust\":\"listener\",\"bundle\":null,\"serverName\":null,\"alpn\":[]}");
        assertThat(run.at("/result/tls/handshakes").intValue()).isEqualTo(2);
        assertThat(run.at("/result/tls/protocols").toString()).isEqualTo("{\"TLSv1.3\":2}");
        assertThat(run.at("/result/tls/latency/p50Micros").doubleValue()).isPositive();

        Answer failed = post(
                "/api/v1/runs?waitMs=30000",
                "{\"target\":{\"listener\":\"t\"},\"messages\":20,\"connections\":2,\"tls\":{\"trust\":\"system\"}}");
        assertThat(failed.at("/state").stringValue()).isEqualTo("failed");
        assertThat(failed.at("/result/errors").toString()).isEqualTo("{\"tls-failed\":2}");
        assertThat(failed.at("/result/tls/failures").toString()).isEqualTo("{\"unknown-authority\":2}");
        assertThat(failed.at("/detail").stringValue()).contains("self-signed, and not trusted");
        String id = failed.at("/id").stringValue();
        assertThat(text("/api/v1/runs/" + id + "/result.csv")).contains("result.tls.failures.unknown-authority,,2");
    }
}
