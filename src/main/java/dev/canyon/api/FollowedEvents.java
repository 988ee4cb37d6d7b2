package dev.canyon.api;

import dev.canyon.inspect.Following;

/** Events of listeners, as they come. */
final class FollowedEvents implements StreamSource {

    /** No more than {@link EventStream#BUFFER_BYTES}. */
    private static final int EVENTS_AT_ONCE = 32;

    private final Following events;
    private final EventText text;

    FollowedEvents(Following events, EventText text) {
        this.events = events;
        this.text = text;
    }

    @Override
    public boolean hasNews() {
        return events.hasNews();
    }

    @Override
    public boolean isOver() {
        return events.isOver();
    }

    @Override
    public byte[] next() {
        return text.of(events.next(EVENTS_AT_ONCE));
    }

    /** Who records an event wakes the streams. */
    @Override
    public long nanosUntilNews() {
        return Long.MAX_VALUE;
    }

    @Override
    public void close() {
        events.close();
    }
}
