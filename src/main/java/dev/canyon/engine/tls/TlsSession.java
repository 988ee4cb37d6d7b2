package dev.canyon.engine.tls;

import org.jspecify.annotations.Nullable;

/**
 * What the handshake of a connection has negotiated.
 *
 * @param protocol {@code TLSv1.3} or {@code TLSv1.2}
 * @param cipher the cipher suite, by its IANA name
 * @param alpn the application protocol; null if none was negotiated
 * @param serverName the name that the client asked for; null if it sent none
 * @param clientCertificate the client's certificate; null if it presented none
 * @param handshakeMicros time from accept to the end of the handshake
 * @param truncated whether the client has ended the connection without close_notify, so that bytes may be missing (RFC 8446,
 *     section 6.1)
 */
public record TlsSession(
        String protocol,
        String cipher,
        @Nullable String alpn,
        @Nullable String serverName,
        @Nullable TlsCertificate clientCertificate,
        long handshakeMicros,
        boolean truncated) {

    /** The same after an end of the connection without close_notify. */
    public TlsSession endedWithoutCloseNotify() {
        return new TlsSession(protocol, cipher, alpn, serverName, clientCertificate, handshakeMicros, true);
    }
}
