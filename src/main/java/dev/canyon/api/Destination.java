package dev.canyon.api;

import dev.canyon.transport.Protocol;
import dev.canyon.transport.Sightings;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a test message or a run goes, once it is known that it may.
 *
 * @param host as it was asked for
 * @param address what is dialled, as it is
 * @param sightings asks our listener there whom it saw; null if it is none of ours
 */
record Destination(
        Protocol protocol,
        String host,
        InetSocketAddress address,
        @Nullable Sightings sightings) {}
