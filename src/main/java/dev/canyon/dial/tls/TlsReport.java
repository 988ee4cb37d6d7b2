package dev.canyon.dial.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TLS on one connection, as far as it came.
 *
 * @param protocol {@code TLSv1.3} or {@code TLSv1.2}; null if the handshake did not complete
 * @param cipher the cipher suite, by its IANA name; null if the handshake did not complete
 * @param alpn the application protocol; null if none was negotiated
 * @param serverName the name that was asked for (SNI); null if none was sent
 * @param clientCertificateRequested whether the peer asked for a client certificate
 * @param certificates the peer's certificate, followed by those of its issuers as the peer has sent them; empty if it sent none
 * @param truncated whether the peer has ended the connection without close_notify, so that bytes may be missing (RFC 8446, 6.1)
 * @param fault why it failed; null if it did not
 */
public record TlsReport(
        @Nullable String protocol,
        @Nullable String cipher,
        @Nullable String alpn,
        @Nullable String serverName,
        boolean clientCertificateRequested,
        List<PeerCertificate> certificates,
        boolean truncated,
        @Nullable TlsFault fault) {

    public TlsReport {
        certificates = List.copyOf(certificates);
    }
}
