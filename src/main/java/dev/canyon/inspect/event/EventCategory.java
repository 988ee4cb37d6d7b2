package dev.canyon.inspect.event;

/**
 * Decides which events an event may evict: each category is guaranteed an equal share of an {@link EventHistory}. If two hold
 * equally many events, the one declared first is evicted.
 */
public enum EventCategory {
    /** Single TCP connections: as many as clients open. */
    CONNECTION,
    /** What a source repeats, folded into one event: as many as there are sources. */
    REPEATED,
    /** The listener itself: as many as operators and failures cause. */
    LIFECYCLE
}
