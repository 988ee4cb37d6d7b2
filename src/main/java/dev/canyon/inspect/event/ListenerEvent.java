package dev.canyon.inspect.event;

import dev.canyon.net.SourceNetwork;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a listener or on its sockets, once or repeatedly.
 *
 * <p>A repeat is a new event with a new id, which replaces the event that it continues. So a reader that continues after an id
 * receives each change, and one event for all repeats in between.
 *
 * @param id unique and increasing over all listeners and restarts of Canyon
 * @param firstId the id of the first occurrence: the same for all events that replace each other
 * @param at the time of the last occurrence
 * @param firstAt the time of the first occurrence
 * @param remote the peer, if there is one; for several occurrences, the last peer; null if there were too many sources to
 *     distinguish
 * @param count the number of occurrences
 */
public record ListenerEvent(
        long id,
        long firstId,
        Instant at,
        Instant firstAt,
        String listener,
        EventDetail detail,
        @Nullable InetSocketAddress remote,
        long count) {

    /** An event that continues no other one. */
    static ListenerEvent first(
            long id, String listener, Instant at, EventDetail detail, @Nullable InetSocketAddress remote, long count) {
        return new ListenerEvent(id, id, at, at, listener, detail, remote, count);
    }

    /** The event that replaces this one. */
    ListenerEvent repeated(
            long newId, Instant now, EventDetail latest, @Nullable InetSocketAddress lastRemote, long times) {
        return new ListenerEvent(newId, firstId, now, firstAt, listener, latest, lastRemote, count + times);
    }

    /** Whether both are of the same kind and source. */
    boolean isContinuedBy(EventDetail other, @Nullable InetSocketAddress otherRemote) {
        return detail.repeats()
                && detail.type() == other.type()
                && Objects.equals(detail.kind(), other.kind())
                && Objects.equals(source(remote), source(otherRemote));
    }

    private static @Nullable SourceNetwork source(@Nullable InetSocketAddress peer) {
        return peer == null ? null : SourceNetwork.of(peer.getAddress());
    }
}
