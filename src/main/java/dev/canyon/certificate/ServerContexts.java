package dev.canyon.certificate;

import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.tls.TlsContext;
import dev.canyon.engine.tls.TlsUnavailableException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The TLS of servers without SSL bundles. */
public final class ServerContexts {

    private static final String ALIAS = "server";

    /** The store never leaves the process. */
    private static final char[] PASSWORD = {};

    private ServerContexts() {}

    /**
     * Presents a certificate of the caller.
     *
     * @param chain the certificate, followed by those of its issuers as far as they are sent; at least one
     * @param trusted authorities of client certificates; empty for those of the JDK
     * @throws TlsUnavailableException if the key does not belong to the certificate, or they cannot be used
     */
    public static TlsContext of(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> trusted) {
        X509Certificate own = chain.get(0);
        if (!KeyPairCheck.belongTogether(key, own.getPublicKey())) {
            throw new TlsUnavailableException("the private key does not belong to the certificate "
                    + own.getSubjectX500Principal().getName());
        }
        try {
            return context(key, chain, trusted);
        } catch (GeneralSecurityException ex) {
            throw new TlsUnavailableException("the certificate cannot be used: " + ex.getMessage(), ex);
        }
    }

    /**
     * Presents a certificate that is created for this host and not kept. Blocks for about a second.
     *
     * @throws TlsUnavailableException with the reason why it cannot be created
     */
    public static TlsContext selfSigned(List<X509Certificate> trusted) {
        return selfSigned(chain -> trusted);
    }

    /** The same, with a context that is for its clients as well: trusts only this certificate. */
    public static TlsContext selfSigned() {
        return selfSigned(chain -> chain);
    }

    private static TlsContext selfSigned(UnaryOperator<List<X509Certificate>> trusted) {
        try {
            KeyStore store = TransientCertificate.create(Keytool.own(), new SelfSigned(), "self-signed");
            List<X509Certificate> chain = TransientCertificate.chain(store);
            return context(TransientCertificate.key(store), chain, trusted.apply(chain));
        } catch (IOException | GeneralSecurityException ex) {
            throw TransientCertificate.unavailable("self-signed", ex);
        }
    }

    static TlsContext context(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> trusted)
            throws GeneralSecurityException {
        KeyStore own = emptyStore();
        own.setKeyEntry(ALIAS, key, PASSWORD, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store(trusted));
        SSLContext ssl = SSLContext.getInstance("TLS");
        ssl.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return new TlsContext(ssl, List.of(), TlsCertificate.of(chain.get(0)));
    }

    /** @return null for no certificates, which stands for the authorities of the JDK */
    private static @Nullable KeyStore store(List<X509Certificate> certificates) throws GeneralSecurityException {
        if (certificates.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry(String.valueOf(i), certificates.get(i));
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException ex) {
            throw new GeneralSecurityException(ex);
        }
        return store;
    }
}
