package dev.canyon.certificate;

import dev.canyon.engine.tls.TlsUnavailableException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The SSL bundles of Spring Boot and the certificates that Canyon creates, by name. May be used from any thread. */
record NamedBundles(SslBundles bundles, CreatedCertificates certificates) {

    /** The certificate that Canyon creates; null if there is none of that name, or a bundle in the configuration takes precedence. */
    @Nullable
    CreatedCertificate created(String name) {
        return bundles.getBundleNames().contains(name) ? null : certificates.find(name);
    }

    /** @throws TlsUnavailableException if there is no such bundle, or if it cannot be used */
    SslBundle get(String name) {
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
        names.addAll(certificates.names());
        return List.copyOf(names);
    }

    void onUpdate(String name, Consumer<SslBundle> handler) {
        bundles.addBundleUpdateHandler(name, handler);
    }

    /** The alias of the private key; null if there is none. */
    static @Nullable String keyAlias(SslBundle bundle) throws KeyStoreException {
        KeyStore store = bundle.getStores().getKeyStore();
        if (store == null) {
            return null;
        }
        String wanted = bundle.getKey().getAlias();
        for (String alias : wanted == null ? Collections.list(store.aliases()) : List.of(wanted)) {
            if (store.isKeyEntry(alias)) {
                return alias;
            }
        }
        return null;
    }

    /** The password of the private key; null if there is none. */
    static char @Nullable [] password(SslBundle bundle) {
        String own = bundle.getKey().getPassword();
        String password = own == null ? bundle.getStores().getKeyStorePassword() : own;
        return password == null ? null : password.toCharArray();
    }

    /** @throws TlsUnavailableException if the private key does not belong to the certificate of this alias */
    static void requireMatchingKey(String name, SslBundle bundle, String alias) throws GeneralSecurityException {
        KeyStore store = bundle.getStores().getKeyStore();
        if (store == null || !(store.getCertificate(alias) instanceof X509Certificate certificate)) {
            return;
        }
        if (store.getKey(alias, password(bundle)) instanceof PrivateKey own
                && !KeyPairCheck.belongTogether(own, certificate.getPublicKey())) {
            throw new TlsUnavailableException(
                    "the private key of SSL bundle '" + name + "' does not belong to its certificate "
                            + certificate.getSubjectX500Principal().getName() + ": replace both");
        }
    }

    static TlsUnavailableException withoutKey(String name) {
        return new TlsUnavailableException("SSL bundle '" + name
                + "' has no certificate with a private key: set its keystore.certificate and .private-key");
    }

    static TlsUnavailableException unusable(String name, Exception cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new TlsUnavailableException("SSL bundle '" + name + "' cannot be used: " + root.getMessage(), cause);
    }
}
