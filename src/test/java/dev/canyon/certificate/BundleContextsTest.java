package dev.canyon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.engine.Certificates;
import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.engine.tls.TlsUnavailableException;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.net.ListenAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

class BundleContextsTest {

    @TempDir
    Path directory;

    private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();

    private BundleContexts contexts() {
        return new BundleContexts(new NamedBundles(bundles, new CreatedCertificates(directory, Keytool.own())));
    }

    private static SslBundle bundle(String certificate) {
        return SslBundle.of(new JksSslStoreBundle(
                new JksSslStoreDetails(
                        "PKCS12", null, "file:" + Certificates.keyStore(certificate), Certificates.PASSWORD),
                null));
    }

    @Test
    void findsABundleThatIsRegisteredLater() {
        BundleContexts contexts = contexts();
        assertThatThrownBy(() -> contexts.get("edge"))
                .isInstanceOf(TlsUnavailableException.class)
                .hasMessage(
                        "there is no SSL bundle 'edge'; there are: expired, self-signed, untrusted, wrong-name (define it as"
                                + " spring.ssl.bundle.pem.edge)");
        bundles.registerBundle("edge", bundle("server"));
        assertThat(contexts.get("edge").certificate()).isEqualTo(TlsCertificate.of(Certificates.certificate("server")));
    }

    @Test
    void refusesABundleWithoutPrivateKey() {
        bundles.registerBundle("trust-only", SslBundle.of(SslStoreBundle.NONE));
        assertThatThrownBy(() -> contexts().get("trust-only"))
                .isInstanceOf(TlsUnavailableException.class)
                .hasMessageContaining("has no certificate with a private key");
    }

    @Test
    void keepsItsStateWhereAReloadCannotBeUsed() {
        BundleContexts contexts = contexts();
        bundles.registerBundle("edge", bundle("server"));
        TlsCertificate before = contexts.get("edge").certificate();
        bundles.updateBundle("edge", SslBundle.of(SslStoreBundle.NONE));
        assertThat(contexts.get("edge").certificate()).isEqualTo(before);
        bundles.updateBundle("edge", bundle("other"));
        assertThat(contexts.get("edge").certificate().subject()).isEqualTo("CN=other");
    }

    /** A renewal writes two files, one after the other. */
    @Test
    void aCertificateIsOnlyUsedWithItsOwnKey() throws IOException {
        BundleContexts contexts = contexts();
        bundles.registerBundle("edge", bundle("server"));
        TlsCertificate before = contexts.get("edge").certificate();
        SslBundle halfRenewed = SslBundle.of(new PemSslStoreBundle(
                new PemSslStoreDetails(
                        null,
                        Files.readString(Certificates.pem("other")).replaceFirst("(?s)-----BEGIN PRIVATE.*", ""),
                        "file:" + Certificates.pem("server")),
                null));
        bundles.updateBundle("edge", halfRenewed);
        assertThat(contexts.get("edge").certificate()).isEqualTo(before);
        bundles.registerBundle("mixed", halfRenewed);
        assertThatThrownBy(() -> contexts.get("mixed"))
                .isInstanceOf(TlsUnavailableException.class)
                .hasMessage(
                        "the private key of SSL bundle 'mixed' does not belong to its certificate CN=other: replace both");
    }

    @Test
    void aReloadConcernsNewHandshakesAndClosesNothing() throws Exception {
        bundles.registerBundle("edge", bundle("server"));
        EndpointSpec spec = new EndpointSpec(
                        new ListenAddress("127.0.0.1", 0),
                        EndpointSpec.DEFAULT_BUFFER_BYTES,
                        List.of(),
                        TcpSettings.defaults())
                .encryptedBy(TlsSettings.with(Map.of("bundle", "edge")));
        SSLContext trust = Certificates.context(null, "server", "other");
        try (EchoTransport transport = EchoTransport.start(TransportKind.preferred(), contexts())) {
            EchoEndpoint endpoint = transport.open(spec.address().resolve(), spec, Observation.by(SocketObserver.NONE));
            try (SSLSocket before = connect(trust, endpoint)) {
                assertThat(echoes(before)).isTrue();
                assertThat(before.getSession().getPeerPrincipal().getName()).isEqualTo("CN=server");
                bundles.updateBundle("edge", bundle("other"));
                assertThat(endpoint.certificate()).isEqualTo(TlsCertificate.of(Certificates.certificate("other")));
                // A context of its own, because the first one could resume its session.
                try (SSLSocket after = connect(Certificates.context(null, "server", "other"), endpoint)) {
                    assertThat(echoes(after)).isTrue();
                    assertThat(after.getSession().getPeerPrincipal().getName()).isEqualTo("CN=other");
                }
                assertThat(echoes(before)).isTrue();
            } finally {
                endpoint.close(Duration.ZERO).join();
            }
        }
    }

    private static SSLSocket connect(SSLContext trust, EchoEndpoint endpoint) throws IOException {
        SSLSocket socket = (SSLSocket) trust.getSocketFactory()
                .createSocket(
                        endpoint.address().getAddress(), endpoint.address().getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static boolean echoes(SSLSocket client) throws IOException {
        client.getOutputStream().write(7);
        return client.getInputStream().read() == 7;
    }
}
