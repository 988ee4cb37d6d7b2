package dev.canyon.engine.tls;

import dev.canyon.engine.setting.Setting;
import dev.canyon.engine.setting.SettingsRecord;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * TLS of a TCP endpoint.
 *
 * @param bundle names a certificate, see {@link TlsContexts}
 * @param sni other bundles by the server name that the client asks for (RFC 6066, section 3), sorted
 * @param protocols names of the JDK, see {@link javax.net.ssl.SSLEngine#setEnabledProtocols}
 * @param alpn protocols in the order of preference (RFC 7301); empty if ALPN is ignored
 * @param handshakeTimeout from accept to the end of the handshake
 */
public record TlsSettings(
        @Setting(
                title = "Bundle",
                text = "SSL bundle with the certificate and private key (spring.ssl.bundle), or self-signed for a"
                        + " certificate that Canyon creates; expired, wrong-name and untrusted for one that clients must"
                        + " refuse.",
                min = 1,
                max = 100,
                pattern = BUNDLE,
                expected = BUNDLE_EXPECTED,
                example = "self-signed")
        String bundle,

        @Setting(
                title = "Bundles by server name",
                text = "Other bundles by the server name that the client requests (SNI); *.example.org stands for any"
                        + " name with one more label.",
                max = 64,
                pattern = "(\\*\\.)?[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*",
                expected = "a host name in lower case, optionally with *. in front",
                maxValueLength = 100,
                defaultsTo = "")
        Map<String, String> sni,

        @Setting(
                title = "Client certificates",
                text =
                        "none does not ask for one; want accepts clients without one; need rejects them. A certificate is"
                                + " verified against the trust store of the bundle.",
                defaultsTo = "none")
        ClientAuth clientAuth,

        @Setting(
                title = "TLS versions",
                text = "Accepted versions.",
                min = 1,
                max = 2,
                pattern = "TLSv1\\.[23]",
                expected = "TLSv1.3 or TLSv1.2",
                defaultsTo = "TLSv1.3,TLSv1.2")
        List<String> protocols,

        @Setting(
                title = "ALPN",
                text =
                        "Application protocols in the order of preference. A client that offers only others is rejected; one"
                                + " that offers none is accepted. Empty ignores ALPN.",
                max = 16,
                pattern = "[\\x21-\\x2b\\x2d-\\x7e]+",
                expected = "printable ASCII without spaces and commas",
                maxValueLength = 255,
                defaultsTo = "")
        List<String> alpn,

        @Setting(
                title = "Handshake timeout",
                text = "Closes a connection whose handshake takes longer; 0 disables the timeout.",
                max = 600_000,
                defaultsTo = "10000")
        Duration handshakeTimeout) {

    static final String BUNDLE = "[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?";
    static final String BUNDLE_EXPECTED = "letters, digits, '.', '_' and '-', a letter or digit first and last";

    private static final SettingsRecord<TlsSettings> FIELDS = SettingsRecord.of(TlsSettings.class);

    public TlsSettings {
        FIELDS.check(bundle, sni, clientAuth, protocols, alpn, handshakeTimeout);
        sni = Collections.unmodifiableMap(new TreeMap<>(sni));
        protocols = List.copyOf(protocols);
        alpn = List.copyOf(alpn);
    }

    /**
     * The defaults with some values replaced, by their names in the API: {@code Map.of("bundle", "self-signed")}.
     *
     * @throws IllegalArgumentException names the field that is missing, unknown, has the wrong type or is out of range
     */
    public static TlsSettings with(Map<String, ?> values) {
        return FIELDS.with(values);
    }

    /**
     * The bundle for a server name.
     *
     * @param serverName in lower case, as the client has sent it; empty if it sent none
     */
    public String bundleFor(String serverName) {
        String exact = sni.get(serverName);
        if (exact != null) {
            return exact;
        }
        int dot = serverName.indexOf('.');
        return dot < 0 ? bundle : sni.getOrDefault("*" + serverName.substring(dot), bundle);
    }
}
