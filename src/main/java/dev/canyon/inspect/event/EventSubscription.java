package dev.canyon.inspect.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads events as they are recorded. Recording never waits for a slow reader: events evicted before they were read are
 * reported as a {@link Gap}. Used by one thread at a time, except for {@link #close}.
 */
public final class EventSubscription implements AutoCloseable {

    private final EventBuffer buffer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Deque<ListenerEvent> earlier;
    private long position;
    /** Whether an unknown number of events before the next one was evicted. */
    private boolean incomplete;

    /**
     * @param position of the next event in the buffer
     * @param earlier events before those of the buffer, oldest first
     * @param incomplete an unknown number of events before these was evicted
     */
    EventSubscription(EventBuffer buffer, long position, Collection<ListenerEvent> earlier, boolean incomplete) {
        this.buffer = buffer;
        this.position = position;
        this.earlier = new ArrayDeque<>(earlier);
        this.incomplete = incomplete;
    }

    /**
     * The next events.
     *
     * @param gap events were missed before these
     */
    public record Batch(@Nullable Gap gap, List<ListenerEvent> events) {}

    /** @param missed the number of missed events; empty if unknown */
    public record Gap(OptionalLong missed) {}

    public boolean hasPending() {
        return incomplete || !earlier.isEmpty() || buffer.reaches(position);
    }

    /** Whether the listener was deleted and all its events have been read. */
    public boolean isExhausted() {
        return buffer.isEnded() && !hasPending();
    }

    /** @return an empty batch if nothing is pending */
    public Batch next(int max) {
        Gap unknown = incomplete ? new Gap(OptionalLong.empty()) : null;
        incomplete = false;
        if (!earlier.isEmpty()) {
            return new Batch(unknown, takeEarlier(max));
        }
        EventBuffer.Slice slice = buffer.read(position, max);
        position += slice.missed() + slice.events().size();
        return new Batch(unknown == null ? missed(slice) : unknown, slice.events());
    }

    private List<ListenerEvent> takeEarlier(int max) {
        List<ListenerEvent> taken = new ArrayList<>();
        while (!earlier.isEmpty() && taken.size() < max) {
            taken.add(earlier.remove());
        }
        return taken;
    }

    private static @Nullable Gap missed(EventBuffer.Slice slice) {
        return slice.missed() > 0 ? new Gap(OptionalLong.of(slice.missed())) : null;
    }

    /** Releases the events held for this reader. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            buffer.unfollow();
        }
    }
}
