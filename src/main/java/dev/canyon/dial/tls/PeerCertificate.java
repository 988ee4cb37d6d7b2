package dev.canyon.dial.tls;

import dev.canyon.engine.tls.TlsCertificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a certificate that a peer has presented. Texts have no control characters.
 *
 * @param subject its distinguished name (RFC 2253); the issuer likewise
 * @param notBefore from when it is valid
 * @param notAfter when it expires
 * @param names the host names and addresses it is for (subject alternative names)
 * @param sha256 of its DER encoding, 64 hexadecimal digits in lower case
 */
public record PeerCertificate(
        String subject, String issuer, Instant notBefore, Instant notAfter, List<String> names, String sha256) {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    public PeerCertificate {
        names = List.copyOf(names);
    }

    static PeerCertificate of(X509Certificate certificate) {
        TlsCertificate shown = TlsCertificate.of(certificate);
        return new PeerCertificate(
                printable(shown.subject()),
                printable(shown.issuer()),
                certificate.getNotBefore().toInstant(),
                shown.notAfter(),
                names(certificate),
                shown.sha256());
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            @Nullable Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.get(0) instanceof Integer type && (type == DNS_NAME || type == IP_ADDRESS)) {
                    names.add(printable(String.valueOf(name.get(1))));
                }
            }
        } catch (CertificateParsingException ex) {
            // It has no names that could be verified.
        }
        return names;
    }

    /** The texts come from the network and are printed on terminals. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }

    boolean isSelfSigned() {
        return subject.equals(issuer);
    }
}
