package dev.canyon.api.target;

import dev.canyon.definition.ListenerDefinition;
import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.engine.tls.TlsSettings;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The permitted destination of a test message or run.
 *
 * @param host as requested
 * @param address the address to connect to
 * @param expectedPeers reports which client address the listener saw; null if the destination is not a listener of Canyon
 * @param listener null if the destination is not a listener of Canyon
 * @param isNamed whether the request names a listener, rather than its address
 */
public record Destination(
        Protocol protocol,
        String host,
        InetSocketAddress address,
        @Nullable ExpectedPeers expectedPeers,
        @Nullable ListenerDefinition listener,
        boolean isNamed) {

    /** Returns the TLS of the listener; null if it does not use TLS, or if the destination is not a listener of Canyon. */
    public @Nullable TlsSettings tls() {
        return listener == null ? null : listener.endpoint().tls();
    }

    /** Explains why a connection without PROXY header will be rejected; null if it will not, as far as is known. */
    public @Nullable String whyHeaderRequired() {
        // A connection to an address of this host comes from the same address.
        return listener == null || !listener.endpoint().expectsHeaderFrom(address.getAddress())
                ? null
                : "listener '" + listener.name() + "' requires a PROXY header: set proxyProtocol";
    }
}
