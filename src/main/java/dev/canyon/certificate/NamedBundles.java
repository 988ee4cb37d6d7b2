package dev.canyon.certificate;

import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.engine.tls.TlsUnavailableException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The SSL bundles of Spring Boot by name. May be used from any thread. */
record NamedBundles(SslBundles bundles) {

    /** Whether the name means the certificate that Canyon creates. A bundle of that name in the configuration takes precedence. */
    boolean isSelfSigned(String name) {
        return name.equals(TlsContexts.SELF_SIGNED) && !bundles.getBundleNames().contains(name);
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
        names.add(TlsContexts.SELF_SIGNED);
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
