package dev.canyon.certificate;

import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.tls.TlsContext;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.engine.tls.TlsUnavailableException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;

/**
 * The SSL bundles of Spring Boot, including those registered later, and the certificates that Canyon creates. A bundle that reloads
 * ({@code reload-on-update}) is in effect for the handshakes that follow; if it cannot be used then, the previous state stays.
 *
 * <p>May be used from any thread.
 */
final class BundleContexts implements TlsContexts {

    private static final Logger log = LoggerFactory.getLogger(BundleContexts.class);

    private final NamedBundles bundles;
    private final Map<String, TlsContext> contexts = new ConcurrentHashMap<>();

    BundleContexts(NamedBundles bundles) {
        this.bundles = bundles;
    }

    @Override
    public TlsContext get(String bundle) {
        TlsContext known = contexts.get(bundle);
        return known != null ? known : load(bundle);
    }

    @Override
    public void require(String bundle) {
        if (bundles.created(bundle) == null) {
            get(bundle);
        }
    }

    private synchronized TlsContext load(String name) {
        TlsContext known = contexts.get(name);
        if (known != null) {
            return known;
        }
        CreatedCertificate created = bundles.created(name);
        if (created != null) {
            TlsContext context = created.load();
            contexts.put(name, context);
            return context;
        }
        TlsContext loaded = context(name, bundles.get(name));
        contexts.put(name, loaded);
        bundles.onUpdate(name, updated -> update(name, updated));
        return loaded;
    }

    private void update(String name, SslBundle updated) {
        try {
            TlsContext context = context(name, updated);
            contexts.put(name, context);
            log.info(
                    "SSL bundle '{}' was reloaded: new TLS connections use the certificate {} (SHA-256 {})",
                    name,
                    context.certificate().subject(),
                    context.certificate().sha256());
        } catch (TlsUnavailableException ex) {
            log.warn("{}; its previous certificate stays", ex.getMessage());
        }
    }

    private static TlsContext context(String name, SslBundle bundle) {
        try {
            String alias = NamedBundles.keyAlias(bundle);
            X509Certificate certificate = alias == null ? null : certificate(bundle, alias);
            if (alias == null || certificate == null) {
                throw NamedBundles.withoutKey(name);
            }
            NamedBundles.requireMatchingKey(name, bundle, alias);
            SSLContext ssl = bundle.createSslContext();
            String[] ciphers = bundle.getOptions().getCiphers();
            if (ciphers != null) {
                // An unknown one would otherwise fail each connection.
                ssl.createSSLEngine().setEnabledCipherSuites(ciphers);
            }
            return new TlsContext(ssl, ciphers == null ? List.of() : List.of(ciphers), TlsCertificate.of(certificate));
        } catch (TlsUnavailableException ex) {
            throw ex;
        } catch (GeneralSecurityException | RuntimeException ex) {
            throw NamedBundles.unusable(name, ex);
        }
    }

    private static @Nullable X509Certificate certificate(SslBundle bundle, String alias) throws KeyStoreException {
        KeyStore store = bundle.getStores().getKeyStore();
        return store != null && store.getCertificate(alias) instanceof X509Certificate certificate ? certificate : null;
    }
}
