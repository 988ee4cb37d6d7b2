package dev.canyon.api.target;

import dev.canyon.api.json.Faults;
import dev.canyon.dial.tls.ClientTls;
import dev.canyon.net.IpText;
import dev.canyon.probe.spec.TlsOptions;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** TLS with the target of a test message or run, in a request. */
@Schema(
        name = "TargetTls",
        description =
                "TLS with the target; {} selects all defaults. Without it a message or run to a listener by name uses TLS if"
                        + " the listener does, and any other one sends plain text")
public record TlsRequest(
        @Schema(
                description =
                        "Trusted certificates. system: the authorities of the JDK; any: all; listener: exactly the certificate of the"
                                + " target, a listener of Canyon; otherwise an SSL bundle, whose trust store is used. The name is"
                                + " verified with system and with a bundle. The default is listener for a listener by name,"
                                + " otherwise system",
                example = "system")
        @Size(min = 1, max = TlsRequest.MAX_NAME_LENGTH)
        @Nullable
        String trust,

        @Schema(description = "SSL bundle with the client certificate and its private key; null for none")
        @Size(min = 1, max = TlsRequest.MAX_NAME_LENGTH)
        @Nullable
        String bundle,

        @Schema(
                description =
                        "Host name that is requested (SNI) and verified; null for the host of the target. An IP address of the"
                                + " target is verified, but not requested",
                example = "echo.example.net")
        @Size(
                min = 1,
                max = TlsRequest.MAX_HOST_LENGTH,
                message = "must be a host name of 1 to 253 characters; leave it out to use the host of the target")
        @Nullable
        String serverName,

        @Schema(description = "Application protocols in the order of preference (ALPN); empty for none") @Nullable
        List<String> alpn) {

    static final int MAX_NAME_LENGTH = 100;
    static final int MAX_HOST_LENGTH = 253;
    private static final int MAX_PROTOCOLS = 16;

    /** One that leaves out everything. */
    static final TlsRequest DEFAULTS = new TlsRequest(null, null, null, null);

    /** Adds the errors found, under the field {@code tls}. */
    public void check(Faults faults) {
        if (serverName != null && hasPermittedLength(serverName) && !ClientTls.isServerName(serverName)) {
            faults.add("tls.serverName", whyNotServerName(serverName));
        }
        if (alpn != null) {
            checkAlpn(alpn, faults);
        }
    }

    /** Others are reported because of their annotation. */
    private static boolean hasPermittedLength(String name) {
        return !name.isEmpty() && name.length() <= MAX_HOST_LENGTH;
    }

    private static String whyNotServerName(String name) {
        return IpText.parse(name).isPresent()
                ? "must be a host name, since an IP address cannot be requested (SNI); leave it out to have the address of the target"
                        + " verified"
                : "must be a host name of letters, digits and hyphens without a trailing dot, such as echo.example.net";
    }

    private static void checkAlpn(List<String> alpn, Faults faults) {
        if (alpn.size() > MAX_PROTOCOLS) {
            faults.add("tls.alpn", "must have at most " + MAX_PROTOCOLS + " entries");
        }
        Set<String> known = new HashSet<>();
        for (int i = 0; i < alpn.size(); i++) {
            if (!alpn.get(i).matches("[\\x21-\\x7e]{1,255}")) {
                faults.add("tls.alpn[" + i + "]", "must be 1 to 255 characters of printable ASCII without spaces");
            } else if (!known.add(alpn.get(i))) {
                faults.add("tls.alpn[" + i + "]", "appears twice");
            }
        }
    }

    /** @param defaultTrust used unless another one is given */
    TlsOptions toOptions(String defaultTrust) {
        return new TlsOptions(
                trust == null ? defaultTrust : trust, bundle, serverName, alpn == null ? List.of() : alpn);
    }

    /** Returns the same in a response; null for plain text. */
    public static @Nullable TlsRequest of(@Nullable TlsOptions options) {
        return options == null
                ? null
                : new TlsRequest(options.trust(), options.bundle(), options.serverName(), options.alpn());
    }
}
