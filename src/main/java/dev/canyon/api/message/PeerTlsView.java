package dev.canyon.api.message;

import dev.canyon.dial.tls.PeerCertificate;
import dev.canyon.dial.tls.TlsReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** TLS with the peer in the result of a test message. {@code probe.report.TlsFields} has the same fields. */
@Schema(name = "MessageTls", description = "What the TLS handshake has negotiated, and why it failed")
record PeerTlsView(
        @Schema(description = "Null if the handshake did not complete", example = "TLSv1.3") @Nullable
        String protocol,

        @Schema(description = "IANA name; null if the handshake did not complete", example = "TLS_AES_256_GCM_SHA384")
        @Nullable
        String cipher,

        @Schema(description = "Null if none was negotiated", example = "h2") @Nullable
        String alpn,

        @Schema(description = "Server name that was sent (SNI); null if none was sent", example = "echo.example.net")
        @Nullable
        String serverName,

        @Schema(description = "Whether the peer asked for a client certificate", example = "false")
        boolean clientCertificateRequested,

        @Schema(description = "The peer's certificate and those of its issuers, as the peer has sent them")
        List<Certificate> certificates,

        @Schema(
                description =
                        "Whether the peer ended the connection without close_notify, so that bytes may be missing",
                example = "false")
        boolean truncated,

        @Schema(
                description = "Why TLS failed; null if it did not",
                allowableValues = {
                    "expired",
                    "not-yet-valid",
                    "unknown-authority",
                    "wrong-name",
                    "other-certificate",
                    "no-shared-protocol",
                    "no-shared-cipher",
                    "no-shared-alpn",
                    "unknown-server-name",
                    "certificate-required",
                    "certificate-refused",
                    "plain-text",
                    "timeout",
                    "closed",
                    "peer-alert",
                    "protocol-error"
                })
        @Nullable
        String failure) {

    @Schema(name = "MessageCertificate")
    record Certificate(
            @Schema(example = "CN=echo.example.net") String subject,
            @Schema(example = "CN=Example CA") String issuer,

            @Schema(description = "Host names and addresses it is for (subject alternative names)")
            List<String> names,

            @Schema(description = "Time from which it is valid")
            Instant notBefore,

            @Schema(description = "Time at which it expires")
            Instant notAfter,

            @Schema(
                    description = "SHA-256 of the certificate (DER)",
                    example = "5bbfbe5a0d0f2d2e0e3b1c8ef2c9d5a8a1b1b1d0a9d3f3a4c7d8e9f0a1b2c3d4")
            String sha256) {

        static Certificate of(PeerCertificate certificate) {
            return new Certificate(
                    certificate.subject(),
                    certificate.issuer(),
                    certificate.names(),
                    certificate.notBefore(),
                    certificate.notAfter(),
                    certificate.sha256());
        }
    }

    static @Nullable PeerTlsView of(@Nullable TlsReport tls) {
        return tls == null
                ? null
                : new PeerTlsView(
                        tls.protocol(),
                        tls.cipher(),
                        tls.alpn(),
                        tls.serverName(),
                        tls.clientCertificateRequested(),
                        tls.certificates().stream().map(Certificate::of).toList(),
                        tls.truncated(),
                        tls.fault() == null ? null : tls.fault().toString());
    }
}
