package dev.canyon.certificate;

import dev.canyon.engine.tls.TlsUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Creates certificates in memory, without keeping them, and reads what was created. */
final class TransientCertificate {

    private static final String ALIAS = CertificateRecipe.ALIAS;

    private TransientCertificate() {}

    /**
     * Blocks for some seconds at most.
     *
     * @param name of the certificate, for messages
     * @throws TlsUnavailableException if there is no keytool
     */
    static KeyStore create(Keytool keytool, CertificateRecipe recipe, String name)
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

    static List<X509Certificate> chain(KeyStore store) throws GeneralSecurityException {
        Certificate @Nullable [] chain = store.getCertificateChain(ALIAS);
        if (chain == null) {
            throw new GeneralSecurityException("the key store has no certificate '" + ALIAS + "'");
        }
        return Stream.of(chain).map(X509Certificate.class::cast).toList();
    }

    static PrivateKey key(KeyStore store) throws GeneralSecurityException {
        return (PrivateKey) store.getKey(ALIAS, Keytool.PASSWORD.toCharArray());
    }

    static TlsUnavailableException unavailable(String name, Exception cause) {
        return new TlsUnavailableException(
                "the " + name + " certificate could not be created: " + cause.getMessage(), cause);
    }
}
