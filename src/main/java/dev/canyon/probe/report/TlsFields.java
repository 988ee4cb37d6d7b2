package dev.canyon.probe.report;

import dev.canyon.dial.tls.PeerCertificate;
import dev.canyon.dial.tls.TlsReport;
import dev.canyon.probe.spec.TlsOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of TLS in the result of a test message, and in the specification of a run. */
final class TlsFields {

    private TlsFields() {}

    static @Nullable Map<String, @Nullable Object> of(@Nullable TlsReport tls) {
        if (tls == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("protocol", tls.protocol());
        fields.put("cipher", tls.cipher());
        fields.put("alpn", tls.alpn());
        fields.put("serverName", tls.serverName());
        fields.put("clientCertificateRequested", tls.clientCertificateRequested());
        fields.put(
                "certificates",
                tls.certificates().stream().map(TlsFields::certificate).toList());
        fields.put("truncated", tls.truncated());
        fields.put("failure", tls.fault() == null ? null : tls.fault().toString());
        return fields;
    }

    static Map<String, @Nullable Object> of(TlsOptions options) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("trust", options.trust());
        fields.put("bundle", options.bundle());
        fields.put("serverName", options.serverName());
        fields.put("alpn", options.alpn());
        return fields;
    }

    private static Map<String, @Nullable Object> certificate(PeerCertificate certificate) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("subject", certificate.subject());
        fields.put("issuer", certificate.issuer());
        fields.put("names", certificate.names());
        fields.put("notBefore", certificate.notBefore().toString());
        fields.put("notAfter", certificate.notAfter().toString());
        fields.put("sha256", certificate.sha256());
        return fields;
    }
}
