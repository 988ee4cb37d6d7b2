package dev.canyon.certificate;

import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.tls.TlsContext;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.engine.tls.TlsUnavailableException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The SSL bundles of Spring Boot, including those registered later, and the self-signed certificate. A bundle that reloads
 * ({@code reload-on-update}) is in effect for the handshakes that follow; if it cannot be used then, the previous state stays.
 *
 * <p>May be used from any thread.
 */
final class BundleContexts implements TlsContexts {

    private static final Logger log = LoggerFactory.getLogger(BundleContexts.class);

    private final SslBundles bundles;
    private final SelfSignedCertificate selfSigned;
    private final Map<String, TlsContext> contexts = new ConcurrentHashMap<>();

    BundleContexts(SslBundles bundles, SelfSignedCertificate selfSigned) {
        this.bundles = bundles;
        this.selfSigned = selfSigned;
    }

    @Override
    public TlsContext get(String bundle) {
        TlsContext known = contexts.get(bundle);
        return known != null ? known : load(bundle);
    }

    private synchronized TlsContext load(String name) {
        TlsContext known = contexts.get(name);
        if (known != null) {
            return known;
        }
        if (isSelfSigned(name)) {
            TlsContext created = selfSigned.load();
            contexts.put(name, created);
            return created;
        }
        TlsContext loaded = context(name, bundle(name));
        contexts.put(name, loaded);
        bundles.addBundleUpdateHandler(name, updated -> update(name, updated));
        return loaded;
    }

    /** A bundle of that name in the configuration takes precedence. */
    private boolean isSelfSigned(String name) {
        return name.equals(SELF_SIGNED) && !bundles.getBundleNames().contains(name);
    }

    private SslBundle bundle(String name) {
        try {
            return bundles.getBundle(name);
        } catch (NoSuchSslBundleException ex) {
            throw new TlsUnavailableException(
                    "there is no SSL bundle '" + name + "'; there are: " + String.join(", ", names())
                            + " (define it as spring.ssl.bundle.pem." + name + ")",
                    ex);
        } catch (RuntimeException ex) {
            throw unusable(name, ex);
        }
    }

    private List<String> names() {
        TreeSet<String> names = new TreeSet<>(bundles.getBundleNames());
        names.add(SELF_SIGNED);
        return List.copyOf(names);
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
            log.warn("SSL bundle '{}' was reloaded and cannot be used; its previous certificate stays", name, ex);
        }
    }

    private static TlsContext context(String name, SslBundle bundle) {
        X509Certificate certificate;
        try {
            certificate = certificate(bundle);
            if (certificate == null) {
                throw new TlsUnavailableException("SSL bundle '" + name
                        + "' has no certificate with a private key: set its keystore.certificate and .private-key");
            }
            SSLContext ssl = bundle.createSslContext();
            String[] ciphers = bundle.getOptions().getCiphers();
            if (ciphers != null) {
                // An unknown one would otherwise fail each connection.
                ssl.createSSLEngine().setEnabledCipherSuites(ciphers);
            }
            return new TlsContext(ssl, ciphers == null ? List.of() : List.of(ciphers), TlsCertificate.of(certificate));
        } catch (TlsUnavailableException ex) {
            throw ex;
        } catch (KeyStoreException | RuntimeException ex) {
            throw unusable(name, ex);
        }
    }

    private static @Nullable X509Certificate certificate(SslBundle bundle) throws KeyStoreException {
        KeyStore store = bundle.getStores().getKeyStore();
        if (store == null) {
            return null;
        }
        String wanted = bundle.getKey().getAlias();
        for (String alias : wanted == null ? Collections.list(store.aliases()) : List.of(wanted)) {
            if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                return certificate;
            }
        }
        return null;
    }

    private static TlsUnavailableException unusable(String name, Exception cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new TlsUnavailableException("SSL bundle '" + name + "' cannot be used: " + root.getMessage(), cause);
    }
}
