package dev.canyon.dial.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which certificates of a peer are accepted. */
public sealed interface PeerTrust {

    /** A chain that ends at a trusted certificate, for the name of the peer, and within its validity. */
    record Anchors(X509ExtendedTrustManager manager) implements PeerTrust {}

    /** Every certificate. */
    record Any() implements PeerTrust {}

    /**
     * Exactly one certificate, whatever its name, issuer and validity.
     *
     * @param sha256 of its DER encoding, 64 hexadecimal digits in lower case
     */
    record Pinned(String sha256) implements PeerTrust {}

    /** The certificate authorities of the JDK. The first call reads them, which takes up to 100 ms. */
    static PeerTrust system() {
        return SystemTrust.ANCHORS;
    }

    /** @param certificates authorities, or certificates of peers; at least one */
    static PeerTrust certificates(List<X509Certificate> certificates) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                trusted.setCertificateEntry(String.valueOf(i), certificates.get(i));
            }
            return anchors(trusted);
        } catch (GeneralSecurityException | IOException ex) {
            throw new IllegalArgumentException("the trusted certificates cannot be used: " + ex.getMessage(), ex);
        }
    }

    /** @throws IllegalArgumentException if there is no trust manager for X.509 among them */
    static PeerTrust of(TrustManager... managers) {
        for (TrustManager manager : managers) {
            if (manager instanceof X509ExtendedTrustManager x509) {
                return new Anchors(x509);
            }
        }
        throw new IllegalArgumentException("there is no trust manager for X.509 certificates");
    }

    private static PeerTrust anchors(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return of(factory.getTrustManagers());
    }

    /** Read when it is first needed. */
    final class SystemTrust {

        private static final PeerTrust ANCHORS = read();

        private SystemTrust() {}

        private static PeerTrust read() {
            try {
                return anchors(null);
            } catch (GeneralSecurityException ex) {
                throw new IllegalStateException("the trust store of the JDK cannot be read", ex);
            }
        }
    }
}
