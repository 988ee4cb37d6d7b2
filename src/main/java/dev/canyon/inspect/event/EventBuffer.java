package dev.canyon.inspect.event;

import java.util.List;

/**
 * The most recent events, in ascending order of their ids. Each event has a position, which grows by one from one event to the
 * next; a reader keeps its own. May be used from any thread.
 */
interface EventBuffer {

    /** Whether the event at this position, or a later one, has been added. */
    boolean reaches(long position);

    /** The events from a position on, oldest first; fewer than {@code max}, or none, if there are no more. */
    Slice read(long position, int max);

    /** Whether no event will be added any more, because the listener was deleted. */
    boolean isEnded();

    /** Ends what {@code follow} began. Called once for each subscription. */
    void unfollow();

    /**
     * @param missed the number of events between the position asked for and the first of these that were evicted before they
     *     were read
     */
    record Slice(long missed, List<ListenerEvent> events) {}
}
