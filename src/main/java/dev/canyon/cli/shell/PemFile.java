package dev.canyon.cli.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM (RFC 7468). Errors are {@link IllegalArgumentException}s that name the file. */
public final class PemFile {

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private PemFile() {}

    /** @return at least one */
    public static List<X509Certificate> certificates(Path file) {
        String text = read(file);
        try {
            List<X509Certificate> certificates = BLOCK.matcher(text)
                    .results()
                    .filter(block -> block.group(1).equals(CERTIFICATE))
                    .map(block -> certificate(block.group()))
                    .toList();
            if (certificates.isEmpty()) {
                throw invalid(file, "has no certificate in PEM (-----BEGIN CERTIFICATE-----)");
            }
            return certificates;
        } catch (UnreadableCertificateException ex) {
            throw invalid(file, "has a certificate that cannot be read: " + ex.getMessage());
        }
    }

    private static X509Certificate certificate(String block) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException ex) {
            throw new UnreadableCertificateException(String.valueOf(ex.getMessage()));
        }
    }

    private static final class UnreadableCertificateException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableCertificateException(String message) {
            super(message);
        }
    }

    /** A key in PKCS #8 without a password. */
    public static PrivateKey privateKey(Path file) {
        Matcher blocks = BLOCK.matcher(read(file));
        while (blocks.find()) {
            if (blocks.group(1).equals(PRIVATE_KEY)) {
                return privateKey(file, blocks.group(2));
            }
            if (blocks.group(1).endsWith(PRIVATE_KEY)) {
                throw invalid(
                        file,
                        "has a private key in another format (" + blocks.group(1)
                                + "): convert it with 'openssl pkcs8 -topk8 -nodes'");
            }
        }
        throw invalid(file, "has no private key in PEM (-----BEGIN PRIVATE KEY-----)");
    }

    private static PrivateKey privateKey(Path file, String base64) {
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException ex) {
                // Not of this algorithm.
            } catch (GeneralSecurityException ex) {
                throw new IllegalStateException("every JDK has " + algorithm, ex);
            }
        }
        throw invalid(file, "has a private key that is not one of " + String.join(", ", ALGORITHMS));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException ex) {
            throw invalid(file, "cannot be read: " + Explanation.reason(ex));
        }
    }

    private static IllegalArgumentException invalid(Path file, String fault) {
        return new IllegalArgumentException("'" + file + "' " + fault);
    }
}
