package dev.canyon.certificate;

import dev.canyon.certificate.Keytool.KeyFile;
import dev.canyon.net.WireName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;

/**
 * A certificate with which a listener shows whether its clients verify. Each is signed by an authority of its own, whose key is
 * discarded. To a client that trusts this authority, exactly one thing is wrong: the date or the name; with an untrusted one, nothing.
 */
enum WrongCertificate implements CertificateRecipe {
    /** For this host, and no longer valid. */
    EXPIRED {
        @Override
        public boolean isCurrent(Instant notAfter) {
            return true;
        }
    },
    /** For a name that no host has (RFC 6761, section 6.4). */
    WRONG_NAME,
    /** For this host; only its authority is wrong. */
    UNTRUSTED;

    private static final String NAME_OF_NOBODY = "wrong.name.invalid";

    @Override
    public KeyStore create(Keytool keytool, Path directory) throws IOException, GeneralSecurityException {
        KeyFile authority = new KeyFile(directory.resolve("authority.p12"), "authority");
        KeyFile own = new KeyFile(directory.resolve("own.p12"), ALIAS);
        Path request = directory.resolve("request");
        Path signed = directory.resolve("signed");
        keytool.createKeyPair(
                authority,
                "CN=Canyon test authority for " + this,
                "-startdate",
                "-90d",
                "-validity",
                "3650",
                "-ext",
                "bc:critical=ca:true",
                "-ext",
                "ku:critical=keyCertSign");
        keytool.createKeyPair(own, "CN=" + (this == WRONG_NAME ? NAME_OF_NOBODY : HostNames.commonName()));
        keytool.request(own, request);
        keytool.sign(
                authority,
                request,
                signed,
                "-startdate",
                this == EXPIRED ? "-60d" : "-1d",
                "-validity",
                this == EXPIRED ? "30" : SelfSigned.VALID_DAYS,
                "-ext",
                "san=" + (this == WRONG_NAME ? "dns:" + NAME_OF_NOBODY : HostNames.subjectAlternativeNames()),
                "-ext",
                "eku=serverAuth,clientAuth");
        return store(own, certificate(signed), authority.open().getCertificate(authority.alias()));
    }

    private static KeyStore store(KeyFile own, Certificate... chain) throws IOException, GeneralSecurityException {
        KeyStore store = own.open();
        char[] password = Keytool.PASSWORD.toCharArray();
        Key key = store.getKey(ALIAS, password);
        store.setKeyEntry(ALIAS, key, password, chain);
        return store;
    }

    private static Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        try (InputStream der = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(der);
        }
    }

    /** The name of the bundle, for example {@code wrong-name}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
