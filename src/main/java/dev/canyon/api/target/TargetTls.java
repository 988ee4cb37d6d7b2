package dev.canyon.api.target;

import dev.canyon.api.problem.InvalidRequestException;
import dev.canyon.dial.tls.ClientBundles;
import dev.canyon.dial.tls.ClientTls;
import dev.canyon.dial.tls.PeerTrust;
import dev.canyon.engine.tls.TlsContexts;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.engine.tls.TlsUnavailableException;
import dev.canyon.net.IpText;
import dev.canyon.net.Protocol;
import dev.canyon.probe.spec.TlsOptions;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides how a test message or run uses TLS with its target. */
@Component
public class TargetTls {

    private final ClientBundles bundles;
    private final TlsContexts listeners;

    public TargetTls(ClientBundles bundles, TlsContexts listeners) {
        this.bundles = bundles;
        this.listeners = listeners;
    }

    /**
     * The options of a request with all defaults. A listener that is named is met as it is: over TLS if it uses TLS, trusting its
     * certificate.
     *
     * @return null for plain text
     * @throws InvalidRequestException if the target uses UDP
     */
    public @Nullable TlsOptions options(@Nullable TlsRequest request, Destination to) {
        if (request != null && to.protocol() == Protocol.UDP) {
            throw new InvalidRequestException("tls", "requires TCP");
        }
        boolean isSecureListener = to.isNamed() && to.tls() != null;
        if (request == null && !isSecureListener) {
            return null;
        }
        return (request == null ? TlsRequest.DEFAULTS : request)
                .toOptions(isSecureListener ? TlsOptions.LISTENER : TlsOptions.SYSTEM);
    }

    /**
     * The TLS of connections to the target. May block for a second.
     *
     * @throws InvalidRequestException names the field whose bundle does not exist or cannot be used
     */
    public @Nullable ClientTls client(@Nullable TlsOptions options, Destination to) {
        if (options == null) {
            return null;
        }
        String bundle = options.bundle();
        return new ClientTls(
                trust(options, to.tls()),
                bundle == null ? null : orInvalid("tls.bundle", () -> bundles.identity(bundle)),
                options.serverName() == null ? peerName(to) : options.serverName(),
                options.alpn());
    }

    private PeerTrust trust(TlsOptions options, @Nullable TlsSettings listener) {
        return switch (options.trust()) {
            case TlsOptions.SYSTEM -> PeerTrust.system();
            case TlsOptions.ANY -> new PeerTrust.Any();
            case TlsOptions.LISTENER -> orInvalid("tls.trust", () -> certificateOf(listener, options.serverName()));
            default -> orInvalid("tls.trust", () -> bundles.trust(options.trust()));
        };
    }

    private PeerTrust certificateOf(@Nullable TlsSettings listener, @Nullable String serverName) {
        if (listener == null) {
            throw new TlsUnavailableException("the target is not a listener of Canyon that uses TLS");
        }
        String requested = serverName == null ? "" : serverName.toLowerCase(Locale.ROOT);
        return new PeerTrust.Pinned(
                listeners.get(listener.bundleFor(requested)).certificate().sha256());
    }

    /** The name of a listener is not a host name. */
    private static String peerName(Destination to) {
        return to.isNamed() ? IpText.of(to.address().getAddress()) : to.host();
    }

    private static <T> T orInvalid(String field, Supplier<T> step) {
        try {
            return step.get();
        } catch (TlsUnavailableException ex) {
            throw new InvalidRequestException(field, "cannot be used: " + ex.getMessage());
        }
    }
}
