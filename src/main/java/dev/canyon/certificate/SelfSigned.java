package dev.canyon.certificate;

import dev.canyon.certificate.Keytool.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** A certificate for this host that nobody else has signed. */
final class SelfSigned implements CertificateRecipe {

    static final String VALID_DAYS = "825";

    @Override
    public KeyStore create(Keytool keytool, Path directory) throws IOException, GeneralSecurityException {
        KeyFile made = new KeyFile(directory.resolve("self-signed.p12"), ALIAS);
        keytool.createKeyPair(
                made,
                "CN=" + HostNames.commonName(),
                "-validity",
                VALID_DAYS,
                "-ext",
                "san=" + HostNames.subjectAlternativeNames(),
                "-ext",
                "eku=serverAuth,clientAuth");
        return made.open();
    }
}
