package dev.canyon.dial.tls;

import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** TLS of one connection: its engine, what was negotiated, and why it failed. Used by one thread at a time. */
public final class ClientHandshake {

    private static final String ALERT = "received fatal alert: ";

    /** Alerts that a peer sends when it does not like a client certificate, or its absence (RFC 8446, 6.2). */
    private static final Set<String> ABOUT_CERTIFICATES = Set.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "certificate_required",
            "unknown_ca",
            "access_denied",
            "handshake_failure");

    private final SSLEngine engine;
    private final PeerVerifier verifier;
    private final ClientKeys keys;
    private final @Nullable String serverName;
    private boolean truncated;
    private @Nullable TlsFault fault;

    ClientHandshake(SSLEngine engine, PeerVerifier verifier, ClientKeys keys, @Nullable String serverName) {
        this.engine = engine;
        this.verifier = verifier;
        this.keys = keys;
        this.serverName = serverName;
    }

    public SSLEngine engine() {
        return engine;
    }

    /** The peer has ended the connection without close_notify. */
    public void truncated() {
        truncated = true;
    }

    /** What was negotiated so far. */
    public TlsReport report() {
        SSLSession session = engine.getSession();
        // Before the handshake is complete, the engine has a session of the protocol NONE.
        boolean negotiated = session.getProtocol().startsWith("TLS");
        String alpn = engine.getApplicationProtocol();
        return new TlsReport(
                negotiated ? session.getProtocol() : null,
                negotiated ? session.getCipherSuite() : null,
                alpn == null || alpn.isEmpty() ? null : alpn,
                serverName,
                keys.wereAsked(),
                verifier.chain(),
                truncated,
                fault);
    }

    /** The peer has ended the connection during the handshake. */
    public TlsFailedException closed() {
        return failed(TlsFault.CLOSED, "the peer closed the connection during the TLS handshake", null);
    }

    public TlsFailedException timedOut(long millis) {
        return failed(TlsFault.TIMEOUT, "the TLS handshake took longer than " + millis + " ms", null);
    }

    /** @param received what the peer sent, of which the beginning is shown */
    public TlsFailedException plainText(byte[] received) {
        return failed(TlsFault.PLAIN_TEXT, "the peer does not speak TLS; it sent " + PlainText.quote(received), null);
    }

    /**
     * Explains a failure of the engine. Where the JDK tells reasons apart only by its messages, so does this; an unknown message is a
     * {@link TlsFault#PROTOCOL_ERROR}.
     */
    public TlsFailedException failure(Throwable cause) {
        if (cause instanceof TlsFailedException known) {
            return known;
        }
        TlsFailedException untrusted = verifier.failure();
        if (untrusted != null) {
            fault = untrusted.fault();
            return untrusted;
        }
        String message = String.valueOf(cause.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        int alert = lower.indexOf(ALERT);
        if (alert >= 0) {
            return alert(lower.substring(alert + ALERT.length()).strip(), cause);
        }
        if (lower.contains("unexpected handshake message: client_hello")) {
            return failed(TlsFault.PLAIN_TEXT, "the peer does not speak TLS; it sent the ClientHello back", cause);
        }
        if (lower.contains("protocol version")) {
            return failed(TlsFault.NO_SHARED_PROTOCOL, message, cause);
        }
        if (lower.contains("closed") || lower.contains("close_notify during handshake")) {
            return closed();
        }
        return failed(TlsFault.PROTOCOL_ERROR, message, cause);
    }

    private TlsFailedException alert(String alert, Throwable cause) {
        if (keys.wereAsked() && ABOUT_CERTIFICATES.contains(alert)) {
            return keys.arePresent()
                    ? failed(
                            TlsFault.CERTIFICATE_REFUSED,
                            "the peer does not accept the client certificate (alert " + alert + ")",
                            cause)
                    : failed(
                            TlsFault.CERTIFICATE_REQUIRED,
                            "the peer requires a client certificate (alert " + alert + ")",
                            cause);
        }
        return switch (alert) {
            case "protocol_version" ->
                failed(
                        TlsFault.NO_SHARED_PROTOCOL,
                        "the peer supports none of " + String.join(", ", engine.getEnabledProtocols()),
                        cause);
            case "handshake_failure", "insufficient_security" ->
                failed(
                        TlsFault.NO_SHARED_CIPHER,
                        "the peer refused the cipher suites and other parameters (alert " + alert + ")",
                        cause);
            case "no_application_protocol" ->
                failed(
                        TlsFault.NO_SHARED_ALPN,
                        "the peer supports none of the application protocols "
                                + String.join(", ", engine.getSSLParameters().getApplicationProtocols()),
                        cause);
            case "unrecognized_name" ->
                failed(TlsFault.UNKNOWN_SERVER_NAME, "the peer has no certificate for " + serverName, cause);
            default -> failed(TlsFault.PEER_ALERT, "the peer refused with the alert " + alert, cause);
        };
    }

    private TlsFailedException failed(TlsFault kind, String detail, @Nullable Throwable cause) {
        fault = kind;
        return new TlsFailedException(kind, detail, cause);
    }
}
