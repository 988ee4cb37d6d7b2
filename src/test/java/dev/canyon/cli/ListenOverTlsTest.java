package dev.canyon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.engine.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command listen with TLS. */
@Timeout(120)
class ListenOverTlsTest {

    @TempDir
    Path directory;

    private static Invocation send(String uri, String... options) {
        return Invocation.of(Stream.concat(Stream.of("send", uri, "--text", "Hello karl"), Stream.of(options))
                .toArray(String[]::new));
    }

    /** @return the certificate, then the key */
    private List<String> files() throws Exception {
        String all = Files.readString(Certificates.pem("server"));
        String certificate =
                all.substring(all.indexOf("-----BEGIN CERT"), all.indexOf("-----END CERTIFICATE-----") + 25);
        Path key = directory.resolve("key.pem");
        Files.writeString(
                key, all.substring(all.indexOf("-----BEGIN PRIV"), all.indexOf("-----END PRIVATE KEY-----") + 25));
        return List.of(
                Files.writeString(directory.resolve("certificate.pem"), certificate)
                        .toString(),
                key.toString());
    }

    @Test
    void presentsTheCertificateOfAFile() throws Exception {
        List<String> files = files();
        try (Listening listening =
                Listening.start("tls://127.0.0.1:0", "--tls-certificate", files.get(0), "--tls-key", files.get(1))) {
            String uri = listening.uri("tls");
            Invocation sent = send(uri, "--trust", files.get(0));
            assertThat(sent.status()).as(sent.toString()).isZero();
            await().untilAsserted(() -> assertThat(listening.out())
                    .containsPattern(uri + " accepted 127\\.0\\.0\\.1:\\d+\n")
                    .containsPattern(uri + " closed .*: 10 bytes received, 10 sent\n"));
            assertThat(send(uri.replace("tls", "tcp"), "--timeout", "5s").status())
                    .isEqualTo(1);
            await().untilAsserted(() -> assertThat(listening.out()).contains(uri + " rejected 1 connection (tls)"));
            listening.end();
            assertThat(listening.err()).startsWith(uri + " 1 connection, 10 bytes received, 10 sent, 1 rejected (tls)");
        }
    }

    @Test
    void createsASelfSignedCertificateUnlessOneIsGiven() throws Exception {
        try (Listening listening = Listening.start("tls://127.0.0.1:0", "tcp://127.0.0.1:0", "--json")) {
            JsonNode open = JsonMapper.shared().readTree(listening.lines().get(0));
            assertThat(open.at("/protocol").stringValue()).isEqualTo("tcp");
            String uri = "tls://127.0.0.1:" + open.at("/localPort").intValue();
            assertThat(send(uri, "--trust", "any").status()).isZero();
            assertThat(send(uri).out()).startsWith("fail: tls-failed").contains("is self-signed");
            JsonNode plain = JsonMapper.shared().readTree(listening.lines().get(1));
            assertThat(send("tcp://127.0.0.1:" + plain.at("/localPort").intValue())
                            .status())
                    .isZero();
        }
    }

    @Test
    void verifiesClientCertificatesWithAFile() throws Exception {
        String client = Certificates.pem("client").toString();
        try (Listening listening = Listening.start(
                "tls://127.0.0.1:0",
                "--tls-certificate",
                Certificates.pem("server").toString(),
                "--tls-client-auth",
                "need",
                "--tls-trust",
                client,
                "--tls-protocols",
                "TLSv1.2",
                "--tls-alpn",
                "other,echo")) {
            String uri = listening.uri("tls");
            Invocation sent = send(uri, "--trust", "any", "--cert", client, "--alpn", "echo");
            assertThat(sent.status()).as(sent.toString()).isZero();
            assertThat(sent.out()).containsPattern("tls       TLSv1\\.2 TLS_\\S+, ALPN echo, .*client certificate");
            assertThat(send(uri, "--trust", "any").status()).isEqualTo(1);
            String stranger = Certificates.pem("other").toString();
            assertThat(send(uri, "--trust", "any", "--cert", stranger).status()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "tcp, --tls-certificate a.pem, require an endpoint of the form tls://HOST:PORT",
                "tcp, --tls-alpn a, '--tls-alpn': applies only to endpoints of the form tls://HOST:PORT",
                "tls, --tls-key a.pem, '--tls-key': requires --tls-certificate",
                "tls, --tls-trust a.pem, '--tls-trust': requires --tls-client-auth want or need",
                "tls, --tls-certificate missing.pem, 'missing.pem' cannot be read: no such file or directory",
                "tls, --tls-certificate DIR/certificate.pem, has no private key in PEM",
                "tls, --tls-client-auth maybe, '--tls-client-auth': must be one of none, want, need",
                "tls, --tls-protocols TLSv1.1, '--tls-protocols'",
            })
    void wrongOptionsAreNamed(String scheme, String options, String named) throws Exception {
        files();
        Invocation wrong = Invocation.of(Stream.concat(
                        Stream.of("listen", scheme + "://127.0.0.1:0"),
                        Stream.of(options.replace("DIR", directory.toString()).split(" ")))
                .toArray(String[]::new));
        assertThat(wrong.status()).as(wrong.toString()).isEqualTo(2);
        assertThat(wrong.err()).contains(named);
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void aKeyOfAnotherCertificateIsNamed() {
        Invocation wrong = Invocation.of(
                "listen",
                "tls://127.0.0.1:0",
                "--tls-certificate",
                Certificates.pem("server").toString(),
                "--tls-key",
                Certificates.pem("other").toString());
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).contains("the private key does not belong to the certificate CN=server");
    }
}
