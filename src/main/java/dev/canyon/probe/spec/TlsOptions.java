package dev.canyon.probe.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TLS with the target of a run, as requested.
 *
 * @param trust {@code system}, {@code any}, {@code listener}, or the name of an SSL bundle or file
 * @param bundle the SSL bundle or file with the client certificate; null for none
 * @param serverName the name that is asked for and verified; null for the host of the target
 * @param alpn application protocols in the order of preference; empty if ALPN is not used
 */
public record TlsOptions(
        String trust, @Nullable String bundle, @Nullable String serverName, List<String> alpn) {

    /** Trusts the certificate authorities of the JDK. */
    public static final String SYSTEM = "system";

    /** Trusts every certificate. */
    public static final String ANY = "any";

    /** Trusts exactly the certificate that the target, a listener of Canyon, presents. */
    public static final String LISTENER = "listener";

    public TlsOptions {
        alpn = List.copyOf(alpn);
    }
}
