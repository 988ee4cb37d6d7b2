package dev.canyon.inspect;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads events as they come. Nothing waits for who reads slowly: what is held no more when he comes to it he has missed, and
 * is told so. One thread at a time reads; anybody may ask whether there is news.
 */
public final class Following implements AutoCloseable {

    private final History history;
    private long place;
    private boolean forgotten;
    private boolean closed;

    Following(History history, long place, boolean forgotten) {
        this.history = history;
        this.place = place;
        this.forgotten = forgotten;
    }

    /**
     * What comes next.
     *
     * @param gap events were missed before these
     */
    public record Batch(@Nullable Gap gap, List<ListenerEvent> events) {}

    /** @param missed how many; empty if nobody knows */
    public record Gap(OptionalLong missed) {}

    public boolean hasNews() {
        return forgotten || history.reaches(place);
    }

    /** Nothing comes any more: the listener is deleted, and all of it has been read. */
    public boolean isOver() {
        return history.isEnded() && !hasNews();
    }

    /** @return empty if there is no news */
    public Batch next(int atMost) {
        synchronized (history) {
            long missed = history.lostFrom(place);
            Gap gap = forgotten ? new Gap(OptionalLong.empty()) : missed > 0 ? new Gap(OptionalLong.of(missed)) : null;
            List<ListenerEvent> events = history.from(place, atMost);
            forgotten = false;
            place += missed + events.size();
            return new Batch(gap, events);
        }
    }

    /** Lets go of what was held for it. A second call does nothing. */
    @Override
    public void close() {
        synchronized (history) {
            if (!closed) {
                closed = true;
                history.unfollow();
            }
        }
    }
}
