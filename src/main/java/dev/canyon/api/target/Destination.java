package dev.canyon.api.target;

import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.net.Protocol;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The permitted destination of a test message or run.
 *
 * @param host as requested
 * @param address the address to connect to
 * @param expectedPeers reports which client address the listener saw; null if the destination is not a listener of Canyon
 */
public record Destination(
        Protocol protocol,
        String host,
        InetSocketAddress address,
        @Nullable ExpectedPeers expectedPeers) {}
