package dev.canyon.certificate;

import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.tls.TlsContext;
import dev.canyon.engine.tls.TlsUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that is kept in memory only. Trusts only itself or its authority: a client can present the same certificate.
 * Independent of Spring.
 */
public final class TransientCertificate {

    private static final String ALIAS = CertificateRecipe.ALIAS;

    private TransientCertificate() {}

    /**
     * Creates a self-signed certificate for this host. Blocks for about a second.
     *
     * @throws TlsUnavailableException with the reason why it cannot be created
     */
    public static TlsContext selfSigned() {
        try {
            return context(create("self-signed", new SelfSigned(), Keytool.own()));
        } catch (IOException | GeneralSecurityException ex) {
            throw new TlsUnavailableException(
                    "the self-signed certificate could not be created: " + ex.getMessage(), ex);
        }
    }

    /**
     * Creates a key with its chain.
     *
     * @param name of the certificate, for messages
     * @throws TlsUnavailableException if the program is missing
     */
    static KeyStore create(String name, CertificateRecipe recipe, Keytool keytool)
            throws IOException, GeneralSecurityException {
        keytool.requireProgram(name);
        // Only its owner may read a temporary directory.
        Path temporary = Files.createTempDirectory("canyon-tls");
        try {
            return recipe.create(keytool, temporary);
        } finally {
            delete(temporary);
        }
    }

    private static void delete(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(temporary);
    }

    /** The chain of a created key, its own certificate first. */
    static List<X509Certificate> chain(KeyStore store) throws GeneralSecurityException {
        Certificate @Nullable [] chain = store.getCertificateChain(ALIAS);
        if (chain == null) {
            throw new GeneralSecurityException("the key store has no certificate '" + ALIAS + "'");
        }
        return Stream.of(chain).map(X509Certificate.class::cast).toList();
    }

    /** The context of a created key. */
    static TlsContext context(KeyStore store) throws GeneralSecurityException {
        List<X509Certificate> chain = chain(store);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, Keytool.PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            trusted.load(null, null);
        } catch (IOException ex) {
            throw new GeneralSecurityException(ex);
        }
        trusted.setCertificateEntry(ALIAS, chain.get(chain.size() - 1));
        trust.init(trusted);
        SSLContext ssl = SSLContext.getInstance("TLS");
        ssl.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return new TlsContext(ssl, List.of(), TlsCertificate.of(chain.get(0)));
    }
}
