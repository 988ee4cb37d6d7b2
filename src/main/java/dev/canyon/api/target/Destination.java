package dev.canyon.api.target;

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
 * @param tls of the listener; null if it does not use TLS, or if the destination is not a listener of Canyon
 * @param isNamed whether the request names a listener, rather than its address
 */
public record Destination(
        Protocol protocol,
        String host,
        InetSocketAddress address,
        @Nullable ExpectedPeers expectedPeers,
        @Nullable TlsSettings tls,
        boolean isNamed) {}
