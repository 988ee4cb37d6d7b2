package dev.canyon.api.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.api.ApiTest;
import dev.canyon.dial.tls.ClientBundles;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The bundles whose certificates clients must refuse. */
@Timeout(120)
class WrongCertificateApiTest extends ApiTest {

    @Autowired
    private ClientBundles bundles;

    private int listener(String bundle) throws Exception {
        Answer created =
                create("{\"name\":\"t\",\"protocol\":\"tcp\",\"port\":0,\"tls\":{\"bundle\":\"" + bundle + "\"}}");
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
        return created.at("/status/port").intValue();
    }

    private Answer send(int port, String trust) throws Exception {
        return post(
                "/api/v1/messages",
                "{\"target\":{\"protocol\":\"tcp\",\"host\":\"localhost\",\"port\":" + port
                        + "},\"text\":\"a\",\"tls\":{\"trust\":\"" + trust + "\"}}");
    }

    private static void assertFailure(Answer sent, String failure, String detail) {
        assertThat(sent.at("/outcome").stringValue()).as(sent.body().toString()).isEqualTo("tls-failed");
        assertThat(sent.at("/tls/failure").stringValue()).isEqualTo(failure);
        assertThat(sent.at("/detail").stringValue()).contains(detail);
    }

    private X509Certificate authority(String bundle) {
        List<X509Certificate> chain = bundles.identity(bundle).chain();
        return chain.get(chain.size() - 1);
    }

    /** @param name verified as in HTTPS (RFC 9110, section 4.3.4); null if it is not verified */
    private static void connect(int port, X509Certificate trusted, @Nullable String name)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (SSLSocket client = (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
            client.setSoTimeout(20_000);
            if (name != null) {
                SSLParameters parameters = client.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                client.setSSLParameters(parameters);
            }
            client.startHandshake();
        }
    }

    @Test
    void anExpiredOneIsOtherwiseGood() throws Exception {
        int port = listener("expired");
        assertFailure(send(port, "expired"), "expired", " expired at ");
        assertThatThrownBy(() -> connect(port, authority("expired"), "localhost"))
                .isInstanceOf(SSLHandshakeException.class)
                .hasRootCauseInstanceOf(CertificateExpiredException.class);
        // It has expired on purpose.
        JsonNode health = get("/actuator/health/listeners/t").body();
        assertThat(health.at("/status").stringValue()).isEqualTo("UP");
        assertThat(health.at("/details").has("certificate")).isFalse();
        assertThat(post("/api/v1/listeners/t/messages", "{\"text\":\"a\"}")
                        .at("/outcome")
                        .stringValue())
                .isEqualTo("ok");
    }

    @Test
    void oneForAnotherNameIsOtherwiseGood() throws Exception {
        int port = listener("wrong-name");
        assertFailure(send(port, "wrong-name"), "wrong-name", "is for wrong.name.invalid, not for localhost");
        assertThatThrownBy(() -> connect(port, authority("wrong-name"), "localhost"))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("localhost");
        connect(port, authority("wrong-name"), null);
    }

    @Test
    void anUntrustedOneIsGoodForThoseWhoTrustItsAuthority() throws Exception {
        int port = listener("untrusted");
        Answer refused = send(port, "system");
        assertFailure(refused, "unknown-authority", "ends at a root that is not trusted");
        assertThat(refused.at("/tls/certificates")).hasSize(2);
        assertThatThrownBy(() -> connect(port, authority("self-signed"), "localhost"))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("certification path");
        connect(port, authority("untrusted"), "localhost");
        assertThat(send(port, "untrusted").at("/outcome").stringValue()).isEqualTo("ok");
    }
}
