package dev.canyon.api.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.canyon.api.ApiTest;
import dev.canyon.engine.tls.TlsCertificate;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class TlsApiTest extends ApiTest {

    private static final String LISTENER = "/api/v1/listeners/t";
    private static final byte[] HELLO = "Hello karl".getBytes(StandardCharsets.US_ASCII);

    private Answer createTls(String tls) throws Exception {
        return create("{\"name\":\"t\",\"protocol\":\"tcp\",\"port\":0,\"tls\":" + tls + "}");
    }

    /** A client that accepts only the certificate with this fingerprint. */
    private static SSLSocket connect(int port, String sha256) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null,
                new TrustManager[] {
                    new X509TrustManager() {
                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type) {
                            throw new UnsupportedOperationException();
                        }

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type)
                                throws CertificateException {
                            if (!TlsCertificate.of(chain[0]).sha256().equals(sha256)) {
                                throw new CertificateException("another certificate");
                            }
                        }

                        @Override
                        public X509Certificate[] getAcceptedIssuers() {
                            return new X509Certificate[0];
                        }
                    }
                },
                null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    @Test
    void aSelfSignedListenerCanBePinnedCapturedAndChangedLive() throws Exception {
        Answer created = createTls("{\"bundle\":\"self-signed\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/tls").toString())
                .isEqualTo("{\"bundle\":\"self-signed\",\"sni\":{},\"clientAuth\":\"none\","
                        + "\"protocols\":[\"TLSv1.3\",\"TLSv1.2\"],\"alpn\":[],\"handshakeTimeoutMs\":10000}");
        int port = created.at("/status/port").intValue();
        String sha256 = created.at("/status/tls/certificate/sha256").stringValue();
        assertThat(put(LISTENER + "/capture", "{}").status()).isEqualTo(200);
        try (SSLSocket client = connect(port, sha256)) {
            client.getOutputStream().write(HELLO);
            assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
            JsonNode tls = get(LISTENER + "/connections").at("/items/0/tls");
            assertThat(tls.path("protocol").stringValue()).isEqualTo("TLSv1.3");
            assertThat(tls.path("cipher").stringValue())
                    .isEqualTo(client.getSession().getCipherSuite());
            assertThat(tls.path("handshakeMicros").longValue()).isPositive();

            JsonNode message = get(LISTENER + "/capture/messages").at("/items/0");
            assertThat(message.path("text").stringValue()).isEqualTo("Hello karl");
            assertThat(message.path("decrypted").booleanValue()).isTrue();
            assertThat(exchange(request(LISTENER + "/capture.pcapng").GET()).body())
                    .contains("Canyon TLS: decrypted")
                    .contains("Hello karl");

            JsonNode status = get(LISTENER).at("/status");
            assertThat(status.at("/tls/handshakes").intValue()).isEqualTo(1);
            assertThat(status.at("/tls/protocols").toString()).isEqualTo("{\"TLSv1.3\":1}");
            assertThat(status.at("/traffic/receivedBytes").intValue()).isEqualTo(HELLO.length);

            Answer plain = patch(LISTENER, "{\"tls\":null}");
            assertThat(plain.status()).isEqualTo(200);
            assertThat(plain.body().has("tls")).isFalse();
            assertThat(plain.at("/status/tls").isNull()).isTrue();
            assertThat(plain.at("/status/port").intValue()).isEqualTo(port);
            client.getOutputStream().write(HELLO);
            assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        }
        try (Socket plain = new Socket("127.0.0.1", port)) {
            plain.setSoTimeout(10_000);
            plain.getOutputStream().write(HELLO);
            assertThat(plain.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        }
    }

    @Test
    void aFailedHandshakeIsRejectedWithItsCause() throws Exception {
        int port = createTls("{\"bundle\":\"self-signed\"}").at("/status/port").intValue();
        try (Socket plain = new Socket("127.0.0.1", port)) {
            plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            await().untilAsserted(() -> {
                JsonNode status = get(LISTENER).at("/status");
                assertThat(status.at("/tls/failed").intValue()).isEqualTo(1);
                assertThat(status.at("/tls/failures/plain-text").intValue()).isEqualTo(1);
                assertThat(status.at("/connections/rejected").intValue()).isEqualTo(1);
                assertThat(status.at("/connections/total").intValue()).isZero();
            });
        }
        JsonNode event = get(LISTENER + "/events?limit=1").at("/items/0");
        assertThat(event.path("type").stringValue()).isEqualTo("rejected");
        assertThat(event.path("reason").stringValue()).isEqualTo("tls");
        assertThat(event.path("detail").stringValue()).contains("(plain-text)");
        String metrics = text("/actuator/prometheus");
        assertThat(metrics)
                .contains(
                        "canyon_listener_tls_failed_handshakes_total{listener=\"t\",protocol=\"tcp\",reason=\"plain-text\"} 1")
                .contains("canyon_listener_tls_handshakes_total{listener=\"t\",protocol=\"tcp\"} 0");
    }

    @Test
    void aUdpListenerCannotHaveTls() throws Exception {
        Answer refused =
                create("{\"name\":\"t\",\"protocol\":\"udp\",\"port\":0,\"tls\":{\"bundle\":\"self-signed\"}}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields()).containsExactly("tls");
        assertThat(refused.at("/errors/0/message").stringValue())
                .isEqualTo("is not for a udp listener; remove it or use protocol tcp");
    }

    @Test
    void everyErrorIsReportedByField() throws Exception {
        Answer refused =
                createTls("{\"sni\":{\"*\":\"a\"},\"clientAuth\":\"must\",\"protocols\":[\"TLSv1.3\",\"TLSv1.1\"],"
                        + "\"alpn\":[\"a\",\"a\"],\"handshakeTimeoutMs\":-1,\"x\":1}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.fields())
                .containsExactlyInAnyOrder(
                        "tls.x",
                        "tls.bundle",
                        "tls.sni.*",
                        "tls.clientAuth",
                        "tls.protocols[1]",
                        "tls.alpn[1]",
                        "tls.handshakeTimeoutMs");
    }

    @Test
    void anUnknownBundleIsAConflictThatLeavesNothingBehind() throws Exception {
        Answer refused = createTls("{\"bundle\":\"missing\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("tls-unavailable");
        assertThat(refused.at("/detail").stringValue()).contains("there is no SSL bundle 'missing'");
        assertThat(get(LISTENER).status()).isEqualTo(404);
        Answer created = createTls("{\"bundle\":\"self-signed\"}");
        assertThat(patch(LISTENER, "{\"tls\":{\"bundle\":\"missing\"}}").code()).isEqualTo("tls-unavailable");
        Answer kept = get(LISTENER);
        assertThat(kept.at("/tls/bundle").stringValue()).isEqualTo("self-signed");
        assertThat(kept.at("/status/state").stringValue()).isEqualTo("running");
        assertThat(kept.at("/status/port")).isEqualTo(created.at("/status/port"));
    }
}
