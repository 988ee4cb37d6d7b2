package dev.canyon.cli.send;

import dev.canyon.dial.tls.PeerCertificate;
import dev.canyon.dial.tls.TlsReport;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** TLS with the target as text. */
final class TlsText {

    private TlsText() {}

    /** What was negotiated, and a line for each certificate of the peer. */
    static List<String> lines(TlsReport tls) {
        List<String> lines = new ArrayList<>();
        lines.add("tls       " + negotiated(tls));
        for (int i = 0; i < tls.certificates().size(); i++) {
            lines.add((i == 0 ? "peer      " : "issuer    ")
                    + certificate(tls.certificates().get(i)));
        }
        return lines;
    }

    private static String negotiated(TlsReport tls) {
        StringJoiner parts = new StringJoiner(", ");
        if (tls.fault() != null) {
            parts.add("failed: " + tls.fault());
        }
        if (tls.protocol() != null) {
            parts.add(tls.protocol() + " " + tls.cipher());
        }
        if (tls.alpn() != null) {
            parts.add("ALPN " + tls.alpn());
        }
        if (tls.serverName() != null) {
            parts.add("server name " + tls.serverName());
        }
        if (tls.clientCertificateRequested()) {
            parts.add("client certificate requested");
        }
        if (tls.truncated()) {
            parts.add("ended without close_notify");
        }
        return parts.length() == 0 ? "no handshake" : parts.toString();
    }

    private static String certificate(PeerCertificate certificate) {
        return certificate.subject()
                + (certificate.names().isEmpty() ? "" : " for " + String.join(", ", certificate.names()))
                + ", issued by " + certificate.issuer() + ", valid from " + certificate.notBefore() + " to "
                + certificate.notAfter() + ", SHA-256 " + certificate.sha256();
    }
}
