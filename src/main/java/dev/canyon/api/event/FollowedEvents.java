package dev.canyon.api.event;

import dev.canyon.api.stream.StreamSource;
import dev.canyon.inspect.event.EventSubscription;

/** Live events of one or all listeners. */
final class FollowedEvents implements StreamSource {

    /** Fits into {@link dev.canyon.api.stream.EventStream#BUFFER_BYTES}. */
    private static final int EVENTS_PER_CHUNK = 32;

    private final EventSubscription events;
    private final EventText text;

    FollowedEvents(EventSubscription events, EventText text) {
        this.events = events;
        this.text = text;
    }

    @Override
    public boolean hasPending() {
        return events.hasPending();
    }

    @Override
    public boolean isExhausted() {
        return events.isExhausted();
    }

    @Override
    public byte[] next() {
        return text.of(events.next(EVENTS_PER_CHUNK));
    }

    /** Never: each event signals the streams. */
    @Override
    public long nanosUntilPending() {
        return Long.MAX_VALUE;
    }

    @Override
    public void close() {
        events.close();
    }
}
