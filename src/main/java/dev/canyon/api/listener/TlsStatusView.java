package dev.canyon.api.listener;

import dev.canyon.engine.endpoint.BoundEndpoint;
import dev.canyon.engine.tls.TlsCertificate;
import dev.canyon.engine.traffic.TlsCounter;
import dev.canyon.listener.directory.ListenerSnapshot;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** TLS in the status of a listener. */
@Schema(description = "TLS handshakes of a listener, and its certificate")
public record TlsStatusView(
        @Schema(description = "Completed handshakes", example = "17")
        long handshakes,

        @Schema(description = "Failed handshakes; their connections are counted as rejected", example = "0")
        long failed,

        @Schema(description = "Failed handshakes, by cause", example = "{\"plain-text\": 0}")
        Map<String, Long> failures,

        @Schema(description = "Completed handshakes, by negotiated version", example = "{\"TLSv1.3\": 17}")
        Map<String, Long> protocols,

        @Schema(description = "Connections that the client ended without close_notify", example = "0")
        long truncated,

        @Schema(
                description = "The certificate for clients that request no other server name; null while the port is"
                        + " closed")
        @Nullable
        Certificate certificate) {

    @Schema(name = "TlsCertificate", description = "A certificate that the listener presents")
    record Certificate(
            @Schema(example = "CN=localhost") String subject,
            @Schema(example = "CN=localhost") String issuer,

            @Schema(description = "Time at which it expires")
            Instant notAfter,

            @Schema(
                    description = "SHA-256 of the certificate (DER), by which a client can pin it",
                    example = "5bbfbe5a0d0f2d2e0e3b1c8ef2c9d5a8a1b1b1d0a9d3f3a4c7d8e9f0a1b2c3d4")
            String sha256) {

        static @Nullable Certificate of(@Nullable TlsCertificate certificate) {
            return certificate == null
                    ? null
                    : new Certificate(
                            certificate.subject(), certificate.issuer(), certificate.notAfter(), certificate.sha256());
        }
    }

    static @Nullable TlsStatusView of(ListenerSnapshot listener, @Nullable BoundEndpoint open) {
        if (listener.definition().endpoint().tls() == null) {
            return null;
        }
        TlsCounter.Reading counts = listener.counters().tls();
        return new TlsStatusView(
                counts.handshakes(),
                counts.allFailed(),
                StatusView.byWord(counts.failed()),
                counts.completed(),
                counts.truncated(),
                Certificate.of(open == null ? null : open.certificate()));
    }
}
