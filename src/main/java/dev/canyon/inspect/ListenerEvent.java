package dev.canyon.inspect;

import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a listener or on its sockets.
 *
 * @param id grows from one event to the next over all listeners, also from one start of Canyon to the next
 * @param remote the peer, where there is one; of several that were counted together the last
 * @param count how often it happened; more than once only for what is {@code rejected} or {@code dropped}
 */
public record ListenerEvent(
        long id,
        Instant at,
        String listener,
        Happening what,
        @Nullable InetSocketAddress remote,
        long count) {}
