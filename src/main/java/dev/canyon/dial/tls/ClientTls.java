package dev.canyon.dial.tls;

import dev.canyon.net.IpText;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS of the connections to one target, with the versions and cipher suites of the JDK.
 *
 * @param trust which certificates are accepted
 * @param identity presented to a peer that asks for a client certificate; null for none
 * @param peerName the server name that is asked for and verified: a host name, or an IP address, which is verified only (RFC 6066,
 *     section 3)
 * @param alpn application protocols in the order of preference (RFC 7301); empty if ALPN is not used
 */
public record ClientTls(PeerTrust trust, @Nullable ClientIdentity identity, String peerName, List<String> alpn) {

    public ClientTls {
        alpn = List.copyOf(alpn);
    }

    /** Whether a text can be a server name: a host name, for other names could not be sent. */
    public static boolean isServerName(String text) {
        return sni(text) != null;
    }

    private static @Nullable SNIHostName sni(String name) {
        if (IpText.parse(name).isPresent()) {
            return null;
        }
        try {
            return new SNIHostName(name);
        } catch (IllegalArgumentException ex) {
            return null;
        }
    }

    /** Prepares the handshake of one connection. Sessions are not resumed: each handshake is a full one. */
    public ClientHandshake begin() {
        PeerVerifier verifier = new PeerVerifier(trust, peerName);
        ClientKeys keys = new ClientKeys(identity);
        // With the zone of a link-local address no certificate could match.
        SSLEngine engine = context(keys, verifier).createSSLEngine(peerName.replaceFirst("%.*", ""), 0);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        SNIHostName sni = sni(peerName);
        parameters.setServerNames(sni == null ? List.<SNIServerName>of() : List.of(sni));
        parameters.setApplicationProtocols(alpn.toArray(String[]::new));
        if (trust instanceof PeerTrust.Anchors) {
            // Lets the trust manager verify the name (RFC 2818, section 3.1).
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return new ClientHandshake(engine, verifier, keys, sni == null ? null : sni.getAsciiName());
    }

    /** One for each connection, since a context remembers the sessions that could be resumed. */
    private static SSLContext context(ClientKeys keys, PeerVerifier verifier) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[] {verifier}, null);
            return context;
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("every JDK has TLS", ex);
        }
    }
}
