package dev.canyon.certificate;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;

/** How a certificate is created. */
interface CertificateRecipe {

    /** The alias of the key in the key store. */
    String ALIAS = "canyon";

    Duration RENEW_BEFORE = Duration.ofDays(30);

    /**
     * A new key with its chain under {@link #ALIAS}. Blocks for some seconds at most.
     *
     * @param directory empty; files that are left in it are deleted
     */
    KeyStore create(Keytool keytool, Path directory) throws IOException, GeneralSecurityException;

    /** Whether a certificate that was created before need not be replaced. */
    default boolean isCurrent(Instant notAfter) {
        return notAfter.isAfter(Instant.now().plus(RENEW_BEFORE));
    }
}
