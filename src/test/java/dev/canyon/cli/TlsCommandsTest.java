package dev.canyon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.canyon.engine.Certificates;
import dev.canyon.engine.Endpoints;
import dev.canyon.engine.Endpoints.Opened;
import dev.canyon.engine.Wire;
import dev.canyon.engine.kernel.TransportKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands send and run over TLS. */
@Timeout(60)
class TlsCommandsTest {

    private static final Wire WIRE = new Wire(TransportKind.preferred(), "127.0.0.1");

    @TempDir
    Path directory;

    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void closeEndpoints() {
        endpoints.close();
    }

    private static String uri(Opened opened) {
        return "tls://127.0.0.1:" + opened.endpoint().address().getPort();
    }

    private static Invocation invoke(String... arguments) {
        return Invocation.of(arguments);
    }

    @Test
    void aMessageShowsWhatWasNegotiated() {
        String uri = uri(endpoints.tls(WIRE, Map.of("clientAuth", "need", "alpn", List.of("echo"))));
        String server = Certificates.pem("server").toString();
        Invocation sent = invoke(
                "send",
                uri,
                "--text",
                "Hello karl",
                "--trust",
                server,
                "--cert",
                Certificates.pem("client").toString(),
                "--alpn",
                "other,echo",
                "--server-name",
                "server.example");
        assertThat(sent.status()).as(sent.toString()).isZero();
        assertThat(sent.out())
                .startsWith("pass: ok")
                .contains("target    " + uri)
                .containsPattern(
                        "tls       TLSv1\\.3 TLS_\\S+, ALPN echo, server name server\\.example, client certificate")
                .contains("peer      CN=server for localhost, server.example, 127.0.0.1")
                .containsPattern("steps     .*connected .* ms, TLS handshake .* ms, sent .* ms");

        Invocation missing = invoke("send", uri, "--text", "a", "--trust", server);
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.out())
                .startsWith("fail: tls-failed (the peer requires a client certificate")
                .contains("tls       failed: certificate-required, TLSv1.3");
    }

    @Test
    void anUntrustedCertificateFailsUnlessAnyIsTrusted() {
        String uri = uri(endpoints.tls(WIRE, Map.of()));
        Invocation refused = invoke("send", uri, "--text", "a");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out())
                .startsWith("fail: tls-failed (the certificate CN=server is self-signed, and not trusted)")
                .contains("tls       failed: unknown-authority");
        assertThat(invoke("send", uri, "--text", "a", "--trust", "any").status())
                .isZero();
        JsonNode json = JsonMapper.shared()
                .readTree(invoke("send", uri, "--text", "a", "--trust", "any", "--json")
                        .out());
        assertThat(json.at("/tls/certificates/0/subject").stringValue()).isEqualTo("CN=server");
        assertThat(json.at("/timing/handshakeMicros").longValue()).isPositive();
    }

    @Test
    void jsonHasTheFieldsOfTheApi() throws Exception {
        JsonNode schemas = JsonMapper.shared()
                .readTree(Files.readString(Path.of("openapi.json")))
                .at("/components/schemas");
        String uri = uri(endpoints.tls(WIRE, Map.of()));
        JsonNode message = JsonMapper.shared()
                .readTree(invoke("send", uri, "--text", "a", "--trust", "any", "--json")
                        .out());
        assertSameFields(message.at("/tls"), schemas.at("/MessageTls"));
        assertSameFields(message.at("/tls/certificates/0"), schemas.at("/MessageCertificate"));
        JsonNode run = JsonMapper.shared()
                .readTree(invoke("run", uri, "--messages", "10", "--trust", "any", "--json")
                        .out());
        assertSameFields(run.at("/request/tls"), schemas.at("/TargetTls"));
        assertSameFields(run.at("/result/tls"), schemas.at("/RunTls"));
    }

    private static void assertSameFields(JsonNode object, JsonNode schema) {
        assertThat(object.propertyNames())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(schema.at("/properties").propertyNames());
    }

    @Test
    void aRunReportsItsHandshakes() {
        String uri = uri(endpoints.tls(WIRE, Map.of()));
        Invocation run = invoke(
                "run",
                uri,
                "--messages",
                "20",
                "--connections",
                "2",
                "--trust",
                Certificates.pem("server").toString());
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out()).containsPattern("tls       2 handshakes, 2 TLSv1\\.3, p50 .* ms, max .* ms");
        Invocation failed = invoke("run", uri, "--messages", "20", "--connections", "2");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.out())
                .startsWith("inconclusive: no connection was established: the certificate CN=server")
                .contains("errors    2 tls-failed")
                .contains("tls       0 handshakes, 2 failed: unknown-authority (the certificate CN=server");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "tcp, --trust any, tls://HOST:PORT",
                "udp, --alpn a, tls://HOST:PORT",
                "tls, --trust missing.pem, 'missing.pem' cannot be read: no such file or directory",
                "tls, --trust DIR/empty.pem, has no certificate in PEM",
                "tls, --trust DIR/broken.pem, has a certificate that cannot be read",
                "tls, --cert DIR/certificate.pem, has no private key in PEM",
                "tls, --cert DIR/rsa.pem, has a private key in another format (RSA PRIVATE KEY): convert it with",
                "tls, --key DIR/rsa.pem, requires --cert",
                "tls, --server-name 127.0.0.1, '127.0.0.1' is not a host name",
                "tls, --alpn a b, b",
            })
    void wrongOptionsAreNamedAndNothingIsSent(String scheme, String options, String named) throws Exception {
        String certificate = Files.readString(Certificates.pem("server")).replaceFirst("(?s)-----BEGIN PRIV.*", "");
        Files.writeString(directory.resolve("empty.pem"), "");
        Files.writeString(
                directory.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Files.writeString(directory.resolve("certificate.pem"), certificate);
        Files.writeString(
                directory.resolve("rsa.pem"),
                certificate + "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        String[] arguments = Stream.concat(
                        Stream.of("send", scheme + "://127.0.0.1:9", "--text", "a"),
                        Stream.of(options.replace("DIR", directory.toString()).split(" ")))
                .toArray(String[]::new);
        Invocation wrong = Invocation.of(arguments);
        assertThat(wrong.status()).as(wrong.toString()).isEqualTo(2);
        assertThat(wrong.err()).contains(named);
        assertThat(wrong.out()).isEmpty();
    }
}
