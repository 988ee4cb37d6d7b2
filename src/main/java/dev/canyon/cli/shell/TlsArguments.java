package dev.canyon.cli.shell;

import dev.canyon.dial.tls.ClientIdentity;
import dev.canyon.dial.tls.ClientTls;
import dev.canyon.dial.tls.PeerTrust;
import dev.canyon.probe.spec.TlsOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a tls:// target. */
public final class TlsArguments {

    @Option(
            names = "--trust",
            paramLabel = "TRUST",
            description =
                    "tls: trusted certificates: system (the authorities of the JDK), any, or a PEM file. Default: system")
    private @Nullable String trust;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "tls: PEM file with the client certificate, followed by those of its issuers.")
    private @Nullable Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "tls: PEM file with the private key of --cert (PKCS #8, no password). Default: the file of --cert")
    private @Nullable Path key;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "tls: host name to request (SNI) and verify. Default: the host of the target")
    private @Nullable String serverName;

    @Option(
            names = "--alpn",
            paramLabel = "PROTOCOL",
            split = ",",
            description = "tls: application protocols in the order of preference (ALPN), separated by commas.")
    private List<String> alpn = List.of();

    /** Returns the TLS of the connections to a target; null for plain text. Reads the files. */
    public @Nullable ClientTls toTls(SocketUri target, Usage usage) {
        if (!target.isTls()) {
            requireNone(usage);
            return null;
        }
        usage.require(key == null || certificate != null, "--key", "requires --cert");
        usage.require(
                serverName == null || ClientTls.isServerName(serverName),
                "--server-name",
                "'" + serverName + "' is not a host name");
        usage.require(
                alpn.stream().allMatch(protocol -> protocol.matches("[\\x21-\\x7e]{1,255}")),
                "--alpn",
                "expected printable ASCII without spaces");
        return new ClientTls(trust(usage), identity(usage), serverName == null ? target.host() : serverName, alpn);
    }

    /** Returns the same for the report of a run. */
    public @Nullable TlsOptions toOptions(SocketUri target) {
        return target.isTls()
                ? new TlsOptions(
                        trust == null ? TlsOptions.SYSTEM : trust,
                        certificate == null ? null : certificate.toString(),
                        serverName,
                        alpn)
                : null;
    }

    private void requireNone(Usage usage) {
        boolean isGiven = Stream.of(trust, certificate, key, serverName).anyMatch(option -> option != null);
        usage.require(
                !isGiven && alpn.isEmpty(),
                "--trust, --cert, --key, --server-name and --alpn require a target of the form tls://HOST:PORT");
    }

    private PeerTrust trust(Usage usage) {
        if (trust == null || trust.equals(TlsOptions.SYSTEM)) {
            return PeerTrust.system();
        }
        return trust.equals(TlsOptions.ANY)
                ? new PeerTrust.Any()
                : usage.parse("--trust", trust, file -> PeerTrust.certificates(PemFile.certificates(Path.of(file))));
    }

    private @Nullable ClientIdentity identity(Usage usage) {
        if (certificate == null) {
            return null;
        }
        String keyOption = key == null ? "--cert" : "--key";
        Path keyFile = key == null ? certificate : key;
        return new ClientIdentity(
                usage.parse("--cert", certificate.toString(), file -> PemFile.certificates(Path.of(file))),
                usage.parse(keyOption, keyFile.toString(), file -> PemFile.privateKey(Path.of(file))));
    }
}
