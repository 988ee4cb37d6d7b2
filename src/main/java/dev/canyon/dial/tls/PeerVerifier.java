package dev.canyon.dial.tls;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Verifies the certificates of a peer, and remembers them and what is wrong with them. For one connection. */
final class PeerVerifier extends X509ExtendedTrustManager {

    private final PeerTrust trust;
    private final String peerName;
    private volatile List<PeerCertificate> chain = List.of();
    private volatile @Nullable TlsFailedException failure;

    /** @param peerName the name or address that the certificate has to be for */
    PeerVerifier(PeerTrust trust, String peerName) {
        this.trust = trust;
        this.peerName = peerName;
    }

    /** What the peer has presented; empty if it has not, or not yet. */
    List<PeerCertificate> chain() {
        return chain;
    }

    /** What is wrong with it; null if nothing is. */
    @Nullable
    TlsFailedException failure() {
        return failure;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        chain = Stream.of(certificates).map(PeerCertificate::of).toList();
        TlsFailedException found = null;
        if (trust instanceof PeerTrust.Anchors anchors) {
            found = verify(anchors.manager(), certificates, type, engine);
        } else if (trust instanceof PeerTrust.Pinned pinned) {
            found = compare(pinned.sha256());
        }
        if (found != null) {
            failure = found;
            throw new CertificateException(found.getMessage(), found);
        }
    }

    private @Nullable TlsFailedException compare(String sha256) {
        PeerCertificate first = chain.get(0);
        return first.sha256().equals(sha256)
                ? null
                : new TlsFailedException(
                        TlsFault.OTHER_CERTIFICATE,
                        "the peer presented the certificate " + first.subject() + " with SHA-256 " + first.sha256()
                                + ", not the one with " + sha256,
                        null);
    }

    private @Nullable TlsFailedException verify(
            X509ExtendedTrustManager manager, X509Certificate[] certificates, String type, @Nullable SSLEngine engine) {
        try {
            manager.checkServerTrusted(certificates, type, engine);
            // Not verified by the JDK if the certificate itself is trusted, rather than its issuer.
            certificates[0].checkValidity();
            return null;
        } catch (CertificateException | RuntimeException ex) {
            return explain(manager, certificates, type, ex);
        }
    }

    private TlsFailedException explain(
            X509ExtendedTrustManager manager, X509Certificate[] certificates, String type, Exception cause) {
        Instant now = Instant.now();
        if (isExpired(cause)) {
            PeerCertificate expired = chain.stream()
                    .filter(each -> each.notAfter().isBefore(now))
                    .findFirst()
                    .orElse(chain.get(0));
            return new TlsFailedException(
                    TlsFault.EXPIRED,
                    "the certificate " + expired.subject() + " expired at " + expired.notAfter(),
                    cause);
        }
        if (isNotYetValid(cause)) {
            PeerCertificate early = chain.stream()
                    .filter(each -> each.notBefore().isAfter(now))
                    .findFirst()
                    .orElse(chain.get(0));
            return new TlsFailedException(
                    TlsFault.NOT_YET_VALID,
                    "the certificate " + early.subject() + " is not valid before " + early.notBefore(),
                    cause);
        }
        if (isTrusted(manager, certificates, type)) {
            return new TlsFailedException(TlsFault.WRONG_NAME, wrongName(), cause);
        }
        return new TlsFailedException(TlsFault.UNKNOWN_AUTHORITY, unknownAuthority(), cause);
    }

    /** Verifies the chain alone, without the name. */
    private static boolean isTrusted(X509ExtendedTrustManager manager, X509Certificate[] certificates, String type) {
        try {
            manager.checkServerTrusted(certificates, type);
            return true;
        } catch (CertificateException | RuntimeException ex) {
            return false;
        }
    }

    private String wrongName() {
        PeerCertificate first = chain.get(0);
        return first.names().isEmpty()
                ? "the certificate " + first.subject() + " has no names, so it is not for " + peerName
                : "the certificate is for " + String.join(", ", first.names()) + ", not for " + peerName;
    }

    private String unknownAuthority() {
        PeerCertificate last = chain.get(chain.size() - 1);
        if (chain.size() == 1 && last.isSelfSigned()) {
            return "the certificate " + last.subject() + " is self-signed, and not trusted";
        }
        String presented = chain.stream().map(PeerCertificate::subject).collect(Collectors.joining(" <- "));
        return last.isSelfSigned()
                ? "the chain " + presented + " ends at a root that is not trusted"
                : "the chain " + presented + " is issued by " + last.issuer() + ", which is not trusted";
    }

    private static boolean isExpired(Throwable thrown) {
        return hasCause(
                thrown,
                cause -> cause instanceof CertificateExpiredException
                        || (cause instanceof CertPathValidatorException path
                                && path.getReason() == BasicReason.EXPIRED));
    }

    private static boolean isNotYetValid(Throwable thrown) {
        return hasCause(
                thrown,
                cause -> cause instanceof CertificateNotYetValidException
                        || (cause instanceof CertPathValidatorException path
                                && path.getReason() == BasicReason.NOT_YET_VALID));
    }

    private static boolean hasCause(Throwable thrown, java.util.function.Predicate<Throwable> wanted) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (wanted.test(cause)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type) throws CertificateException {
        checkServerTrusted(certificates, type, (SSLEngine) null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type, Socket socket)
            throws CertificateException {
        checkServerTrusted(certificates, type, (SSLEngine) null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type, Socket socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type, SSLEngine engine) {
        throw new UnsupportedOperationException();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
