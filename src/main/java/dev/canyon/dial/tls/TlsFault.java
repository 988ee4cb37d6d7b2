package dev.canyon.dial.tls;

import dev.canyon.net.WireName;

/** Why TLS with a peer failed. */
public enum TlsFault {
    /** A certificate of the peer has expired. */
    EXPIRED,
    /** A certificate of the peer is not valid yet. */
    NOT_YET_VALID,
    /** The chain does not end at a trusted certificate, or breaks its rules. */
    UNKNOWN_AUTHORITY,
    /** The certificate is for other names. */
    WRONG_NAME,
    /** Not the certificate that is expected. */
    OTHER_CERTIFICATE,
    NO_SHARED_PROTOCOL,
    NO_SHARED_CIPHER,
    NO_SHARED_ALPN,
    /** The peer has no certificate for the server name. */
    UNKNOWN_SERVER_NAME,
    /** The peer requires a client certificate, and none was presented. */
    CERTIFICATE_REQUIRED,
    /** The peer does not accept the client certificate. */
    CERTIFICATE_REFUSED,
    /** The peer does not speak TLS. */
    PLAIN_TEXT,
    TIMEOUT,
    /** The peer has closed the connection during the handshake. */
    CLOSED,
    /** The peer has refused with another alert. */
    PEER_ALERT,
    PROTOCOL_ERROR;

    /** The name used in the API and the command line, for example {@code unknown-authority}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
