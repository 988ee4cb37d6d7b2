package dev.canyon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.canyon.dial.tls.ClientIdentity;
import dev.canyon.dial.tls.PeerTrust;
import dev.canyon.engine.Certificates;
import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.tls.TlsUnavailableException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

class BundleClientsTest {

    @TempDir
    Path directory;

    private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();

    private NamedBundles named() {
        return new NamedBundles(bundles, new CreatedCertificates(directory, Keytool.own()));
    }

    private BundleClients clients() {
        return new BundleClients(named());
    }

    private static PemSslStoreDetails pem(String name) {
        String file = "file:" + Certificates.pem(name);
        return new PemSslStoreDetails(null, file, file);
    }

    private static SslBundle identity(String name) {
        return SslBundle.of(new PemSslStoreBundle(pem(name), null));
    }

    @Test
    void aPemBundleIsReadEachTime() {
        BundleClients clients = clients();
        bundles.registerBundle("edge", identity("client"));
        ClientIdentity first = clients.identity("edge");
        assertThat(first.chain()).containsExactly(Certificates.certificate("client"));
        assertThat(first.key()).isEqualTo(Certificates.privateKey("client"));
        assertThat(first).hasToString("CN=client");
        bundles.updateBundle("edge", identity("other"));
        assertThat(clients.identity("edge").chain()).containsExactly(Certificates.certificate("other"));
    }

    @Test
    void onlyATrustStoreIsTrusted() {
        BundleClients clients = clients();
        bundles.registerBundle("edge", identity("client"));
        assertThatThrownBy(() -> clients.trust("edge"))
                .isInstanceOf(TlsUnavailableException.class)
                .hasMessage("SSL bundle 'edge' has no trust store: set its truststore.certificate");
        bundles.updateBundle(
                "edge",
                SslBundle.of(new PemSslStoreBundle(
                        null, new PemSslStoreDetails(null, "file:" + Certificates.pem("server"), null))));
        assertThat(trusted(clients.trust("edge"))).containsExactly(Certificates.certificate("server"));
        assertThatThrownBy(() -> clients.identity("edge"))
                .isInstanceOf(TlsUnavailableException.class)
                .hasMessageStartingWith("SSL bundle 'edge' has no certificate with a private key");
        assertThatThrownBy(() -> clients.trust("missing"))
                .isInstanceOf(TlsUnavailableException.class)
                .hasMessageStartingWith(
                        "there is no SSL bundle 'missing'; there are: edge, expired, self-signed, untrusted, wrong-name");
    }

    @Test
    void theSelfSignedCertificateIsThatOfListeners() {
        NamedBundles named = named();
        TlsCertificate ofListeners =
                new BundleContexts(named).get("self-signed").certificate();
        BundleClients clients = new BundleClients(named);
        assertThat(TlsCertificate.of(clients.identity("self-signed").chain().get(0)))
                .isEqualTo(ofListeners);
        assertThat(trusted(clients.trust("self-signed")))
                .extracting(TlsCertificate::of)
                .containsExactly(ofListeners);
    }

    private static X509Certificate[] trusted(PeerTrust trust) {
        return ((PeerTrust.Anchors) trust).manager().getAcceptedIssuers();
    }
}
