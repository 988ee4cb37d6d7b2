package dev.canyon.certificate;

import dev.canyon.certificate.Keytool.KeyFile;
import dev.canyon.dial.tls.ClientIdentity;
import dev.canyon.engine.tls.TlsContext;
import dev.canyon.engine.tls.TlsUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate that is created when it is first used, and kept in the data directory, so that clients which pin it or trust its
 * authority go on to work after a restart. Trusts only itself or its authority: a client can present the same certificate.
 *
 * <p>Replaced when it is loaded and would expire within 30 days, unless it has expired on purpose. Where the data directory cannot be
 * written, the certificate lives as long as the process.
 */
final class CreatedCertificate {

    private static final Logger log = LoggerFactory.getLogger(CreatedCertificate.class);

    private static final String ALIAS = CertificateRecipe.ALIAS;

    private final String name;
    private final CertificateRecipe recipe;
    private final Path directory;
    private final Keytool keytool;
    private @Nullable KeyStore loaded;

    /**
     * @param name of the bundle, and of the file
     * @param directory where the file is kept
     */
    CreatedCertificate(String name, CertificateRecipe recipe, Path directory, Keytool keytool) {
        this.name = name;
        this.recipe = recipe;
        this.directory = directory;
        this.keytool = keytool;
    }

    /**
     * Loads the certificate, and creates it if there is none or if it expires soon. Blocks for some seconds at most.
     *
     * @throws TlsUnavailableException with the reason why it cannot be created
     */
    TlsContext load() {
        try {
            KeyStore store = store();
            List<X509Certificate> chain = TransientCertificate.chain(store);
            return ServerContexts.context(TransientCertificate.key(store), chain, List.of(chain.get(chain.size() - 1)));
        } catch (IOException | GeneralSecurityException ex) {
            throw TransientCertificate.unavailable(name, ex);
        }
    }

    /** The same for a client; the same conditions apply. */
    ClientIdentity identity() {
        try {
            return BundleClients.identity(store(), ALIAS, Keytool.PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException ex) {
            throw TransientCertificate.unavailable(name, ex);
        }
    }

    private synchronized KeyStore store() throws IOException, GeneralSecurityException {
        if (loaded == null) {
            Path file = directory.resolve(name + ".p12");
            KeyStore present = read(file);
            loaded = present == null ? create(file) : present;
        }
        return loaded;
    }

    /** @return null if there is none, or none that is valid for long enough */
    private @Nullable KeyStore read(Path file) {
        if (!Files.exists(file)) {
            return null;
        }
        try {
            KeyStore store = new KeyFile(file, ALIAS).open();
            return recipe.isCurrent(TransientCertificate.chain(store)
                            .get(0)
                            .getNotAfter()
                            .toInstant())
                    ? store
                    : null;
        } catch (IOException | GeneralSecurityException ex) {
            log.warn("{} cannot be read; a new {} certificate replaces it", file, name, ex);
            return null;
        }
    }

    private KeyStore create(Path file) throws IOException, GeneralSecurityException {
        KeyStore created = TransientCertificate.create(keytool, recipe, name);
        keep(created, file);
        return created;
    }

    private void keep(KeyStore store, Path file) throws GeneralSecurityException {
        try {
            Files.createDirectories(directory);
            // Only its owner may read a temporary file.
            Path copy = Files.createTempFile(directory, file.getFileName().toString(), null);
            try {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                store.store(content, Keytool.PASSWORD.toCharArray());
                Files.write(copy, content.toByteArray());
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(copy);
            }
            log.info("Created the {} certificate {}", name, file);
        } catch (IOException ex) {
            log.warn("The {} certificate cannot be kept in {}: the next start creates another", name, directory, ex);
        }
    }
}
