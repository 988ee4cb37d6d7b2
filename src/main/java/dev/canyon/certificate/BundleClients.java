package dev.canyon.certificate;

import dev.canyon.dial.tls.ClientBundles;
import dev.canyon.dial.tls.ClientIdentity;
import dev.canyon.dial.tls.PeerTrust;
import dev.canyon.engine.tls.TlsUnavailableException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * The SSL bundles as clients use them. They are read each time, so that a reload is in effect immediately. May be used from any thread.
 */
final class BundleClients implements ClientBundles {

    private final NamedBundles bundles;

    BundleClients(NamedBundles bundles) {
        this.bundles = bundles;
    }

    @Override
    public PeerTrust trust(String name) {
        CreatedCertificate created = bundles.created(name);
        if (created != null) {
            List<X509Certificate> chain = created.identity().chain();
            return PeerTrust.certificates(List.of(chain.get(chain.size() - 1)));
        }
        SslBundle bundle = bundles.get(name);
        try {
            if (bundle.getStores().getTrustStore() == null) {
                throw new TlsUnavailableException(
                        "SSL bundle '" + name + "' has no trust store: set its truststore.certificate");
            }
            return PeerTrust.of(bundle.getManagers().getTrustManagers());
        } catch (TlsUnavailableException ex) {
            throw ex;
        } catch (RuntimeException ex) {
            throw NamedBundles.unusable(name, ex);
        }
    }

    @Override
    public ClientIdentity identity(String name) {
        CreatedCertificate created = bundles.created(name);
        if (created != null) {
            return created.identity();
        }
        SslBundle bundle = bundles.get(name);
        try {
            String alias = NamedBundles.keyAlias(bundle);
            if (alias == null) {
                throw NamedBundles.withoutKey(name);
            }
            NamedBundles.requireMatchingKey(name, bundle, alias);
            return identity(
                    Objects.requireNonNull(bundle.getStores().getKeyStore()), alias, NamedBundles.password(bundle));
        } catch (TlsUnavailableException ex) {
            throw ex;
        } catch (GeneralSecurityException | RuntimeException ex) {
            throw NamedBundles.unusable(name, ex);
        }
    }

    /** @throws GeneralSecurityException if the password is wrong */
    static ClientIdentity identity(KeyStore store, String alias, char @Nullable [] password)
            throws GeneralSecurityException {
        Certificate @Nullable [] chain = store.getCertificateChain(alias);
        if (chain == null || !(store.getKey(alias, password) instanceof PrivateKey key)) {
            throw new GeneralSecurityException("there is no private key '" + alias + "'");
        }
        return new ClientIdentity(
                Stream.of(chain).map(X509Certificate.class::cast).toList(), key);
    }
}
