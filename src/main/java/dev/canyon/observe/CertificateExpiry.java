package dev.canyon.observe;

import dev.canyon.engine.endpoint.BoundEndpoint;
import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.listener.directory.ListenerSnapshot;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Warns of certificates of listeners that expire soon. */
final class CertificateExpiry {

    private static final Duration SOON = Duration.ofDays(14);

    private CertificateExpiry() {}

    /** A sentence for the health details of a listener; null if there is nothing to warn of. */
    static @Nullable String of(ListenerSnapshot listener) {
        BoundEndpoint open = listener.state().endpoint();
        TlsCertificate certificate = open == null ? null : open.certificate();
        return certificate == null || isOnPurpose(listener) ? null : of(certificate, Instant.now());
    }

    private static boolean isOnPurpose(ListenerSnapshot listener) {
        TlsSettings tls = listener.definition().endpoint().tls();
        return tls != null && tls.bundle().equals(TlsContexts.EXPIRED);
    }

    static @Nullable String of(TlsCertificate certificate, Instant now) {
        if (certificate.notAfter().isAfter(now.plus(SOON))) {
            return null;
        }
        return certificate.subject()
                + (certificate.notAfter().isAfter(now) ? " expires at " : " has expired at ")
                + certificate.notAfter();
    }
}
