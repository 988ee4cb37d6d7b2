package dev.canyon.engine.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What is shown of a certificate.
 *
 * @param subject its distinguished name (RFC 2253)
 * @param issuer the distinguished name of its issuer
 * @param notAfter when it expires
 * @param sha256 the SHA-256 of its DER encoding, 64 hexadecimal digits in lower case, by which a client can pin it
 */
public record TlsCertificate(String subject, String issuer, Instant notAfter, String sha256) {

    /** @throws IllegalArgumentException if the certificate cannot be encoded */
    public static TlsCertificate of(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new TlsCertificate(
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getIssuerX500Principal().getName(),
                    certificate.getNotAfter().toInstant(),
                    HexFormat.of().formatHex(digest));
        } catch (CertificateEncodingException ex) {
            throw new IllegalArgumentException("the certificate cannot be encoded", ex);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every JDK has SHA-256", ex);
        }
    }
}
