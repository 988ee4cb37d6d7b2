package dev.canyon.engine.tls;

import dev.canyon.net.WireName;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a handshake failed. */
public enum TlsFailure {
    /** The client sent something else than TLS. */
    PLAIN_TEXT("the client does not speak TLS"),
    TIMEOUT("the handshake took longer than tls.handshakeTimeoutMs"),
    NO_SHARED_PROTOCOL("the client supports none of tls.protocols"),
    NO_SHARED_CIPHER("client and listener have no cipher suite in common"),
    NO_SHARED_ALPN("the client offers none of tls.alpn"),
    CLIENT_CERTIFICATE_MISSING("the client presented no certificate"),
    CLIENT_CERTIFICATE_UNTRUSTED("the client's certificate is not trusted by the bundle"),
    /** Usually the client does not trust the listener's certificate. */
    PEER_ALERT("the client refused with an alert, for example because it does not trust the certificate"),
    /** The connection ended before the handshake did. */
    CLOSED("the connection was closed during the handshake"),
    /** The bundle was replaced by one that cannot be used. */
    NO_CERTIFICATE("the bundle cannot be used"),
    /** A fault failed the handshake on purpose. */
    FAULT("a fault failed the handshake"),
    /** The client broke the protocol, for example with a ClientHello that is too long. */
    PROTOCOL_ERROR("the client's messages violate the protocol");

    private final String explanation;

    TlsFailure(String explanation) {
        this.explanation = explanation;
    }

    /** One clause that explains the failure. */
    public String explanation() {
        return explanation;
    }

    /**
     * The failure behind an exception of a handshake. Where the JDK tells reasons apart only by its messages, so does this; an unknown
     * message is a {@link #PROTOCOL_ERROR}.
     */
    public static TlsFailure of(Throwable thrown) {
        Throwable cause = thrown instanceof DecoderException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof NotSslRecordException) {
            return PLAIN_TEXT;
        }
        if (isCausedByCertificate(cause)) {
            return CLIENT_CERTIFICATE_UNTRUSTED;
        }
        if (cause instanceof SSLException) {
            return ofMessage(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT));
        }
        return cause instanceof IOException ? CLOSED : PROTOCOL_ERROR;
    }

    private static boolean isCausedByCertificate(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }

    private static TlsFailure ofMessage(String message) {
        if (message.contains("received fatal alert") || message.contains("received close_notify during handshake")) {
            return PEER_ALERT;
        }
        if (message.contains("empty client certificate chain") || message.contains("null cert chain")) {
            return CLIENT_CERTIFICATE_MISSING;
        }
        if (message.contains("cipher suites in common") || message.contains("no negotiable cipher suite")) {
            return NO_SHARED_CIPHER;
        }
        if (message.contains("application") && message.contains("protocol")) {
            return NO_SHARED_ALPN;
        }
        if (message.contains("protocol version") || message.contains("requested protocol")) {
            return NO_SHARED_PROTOCOL;
        }
        return message.contains("closed") ? CLOSED : PROTOCOL_ERROR;
    }

    /** The name used in the API, metrics and events, for example {@code plain-text}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
