package dev.canyon.cli.listen;

import dev.canyon.certificate.ServerContexts;
import dev.canyon.cli.shell.PemFile;
import dev.canyon.cli.shell.Usage;
import dev.canyon.engine.tls.ClientAuth;
import dev.canyon.engine.tls.TlsContext;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.engine.tls.TlsSettings;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The certificate of tls:// endpoints, from files. */
final class CertificateOptions {

    private static final String CERTIFICATE = "--tls-certificate";
    private static final String KEY = "--tls-key";
    private static final String TRUST = "--tls-trust";

    @Option(
            names = CERTIFICATE,
            paramLabel = "FILE",
            description =
                    "tls: PEM file with the certificate, followed by those of its issuers. Default: a self-signed one, created"
                            + " for this host and not kept")
    private @Nullable Path certificate;

    @Option(
            names = KEY,
            paramLabel = "FILE",
            description =
                    "tls: PEM file with the private key (PKCS #8, no password). Default: the file of " + CERTIFICATE)
    private @Nullable Path key;

    @Option(
            names = TRUST,
            paramLabel = "FILE",
            description =
                    "tls: PEM file with the authorities of client certificates; see --tls-client-auth. Default: those of the JDK")
    private @Nullable Path trust;

    /** Rejects the options, which have no effect. */
    void requireNone(Usage usage) {
        usage.require(
                Stream.of(certificate, key, trust).allMatch(file -> file == null),
                CERTIFICATE + ", " + KEY + " and " + TRUST + " require an endpoint of the form tls://HOST:PORT");
    }

    /**
     * Reads the files. Endpoints have the same certificate, whatever the name of their bundle.
     *
     * @param endpoints at least one
     * @throws dev.canyon.engine.tls.TlsUnavailableException if a certificate cannot be created
     */
    TlsContexts contexts(List<TlsSettings> endpoints, Usage usage) {
        usage.require(key == null || certificate != null, KEY, "requires " + CERTIFICATE);
        usage.require(
                trust == null || endpoints.stream().anyMatch(tls -> tls.clientAuth() != ClientAuth.NONE),
                TRUST,
                "requires --tls-client-auth want or need");
        List<X509Certificate> trusted = trust == null ? List.of() : certificates(TRUST, trust, usage);
        TlsContext context = certificate == null
                ? ServerContexts.selfSigned(trusted)
                : ServerContexts.of(
                        key == null ? key(CERTIFICATE, certificate, usage) : key(KEY, key, usage),
                        certificates(CERTIFICATE, certificate, usage),
                        trusted);
        return bundle -> context;
    }

    private static List<X509Certificate> certificates(String option, Path file, Usage usage) {
        return usage.parse(option, file.toString(), name -> PemFile.certificates(Path.of(name)));
    }

    private static PrivateKey key(String option, Path file, Usage usage) {
        return usage.parse(option, file.toString(), name -> PemFile.privateKey(Path.of(name)));
    }
}
