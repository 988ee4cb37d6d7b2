package dev.canyon.inspect;

import dev.canyon.listener.ListenerObserver;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to listeners and on their sockets. Of each listener the last {@value #HELD_PER_LISTENER} events are
 * held, so one that is noisy pushes out only its own, until it is deleted.
 *
 * <p>Events are added on event loops and elsewhere, one at a time, and so in the order of their ids. Reading may be done
 * from any thread.
 */
public final class Journal implements ListenerObserver.Factory {

    static final int HELD_PER_LISTENER = 256;

    /** The first id of a start; so many events are not made in a millisecond, so no later start gives an id again. */
    private static final long IDS_PER_MILLISECOND = 1_000;

    private final Map<String, Recorder> recorders = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Repeats.Later later;
    private final Object order = new Object();
    private long newestId;

    Journal(Clock clock, Repeats.Later later) {
        this.clock = clock;
        this.later = later;
        this.newestId = clock.millis() * IDS_PER_MILLISECOND;
    }

    @Override
    public ListenerObserver observe(String name) {
        return new Recorder(name, this, later);
    }

    void open(Recorder recorder) {
        recorders.put(recorder.listener(), recorder);
    }

    void close(Recorder recorder) {
        recorders.remove(recorder.listener(), recorder);
    }

    void add(Recorder recorder, @Nullable InetSocketAddress remote, Happening what, long count) {
        synchronized (order) {
            newestId++;
            recorder.history()
                    .add(new ListenerEvent(newestId, clock.instant(), recorder.listener(), what, remote, count));
        }
    }

    /**
     * Bytes came from a client. For who captures traffic; there would be too many of these otherwise.
     *
     * @param connection the id of the TCP connection; 0 on UDP
     */
    void received(String listener, long connection, InetSocketAddress remote, long bytes) {
        addTo(listener, remote, new Happening.Received(connection, bytes));
    }

    /** Bytes went to a client: as {@link #received}. */
    void sent(String listener, long connection, InetSocketAddress remote, long bytes) {
        addTo(listener, remote, new Happening.Sent(connection, bytes));
    }

    private void addTo(String listener, InetSocketAddress remote, Happening what) {
        Recorder recorder = recorders.get(listener);
        if (recorder != null) {
            add(recorder, remote, what, 1);
        }
    }

    /**
     * The events of a listener, newest first.
     *
     * @param beforeId only those with smaller ids
     * @return nothing if there is no such listener
     */
    public Optional<List<ListenerEvent>> before(long beforeId, int atMost, String listener) {
        return Optional.ofNullable(recorders.get(listener))
                .map(recorder -> recorder.history().before(beforeId, atMost));
    }

    /**
     * The events of all listeners, newest first. Costs a look at each listener, and then no more than what is asked for.
     *
     * @param beforeId only those with smaller ids
     */
    public List<ListenerEvent> before(long beforeId, int atMost) {
        PriorityQueue<Head> heads = new PriorityQueue<>(
                Comparator.comparingLong((Head head) -> head.newest.id()).reversed());
        recorders
                .values()
                .forEach(recorder -> Head.of(recorder.history(), beforeId).ifPresent(heads::add));
        List<ListenerEvent> newest = new ArrayList<>();
        while (newest.size() < atMost && !heads.isEmpty()) {
            Head head = heads.remove();
            newest.add(head.newest);
            Head.of(head.history, head.newest.id()).ifPresent(heads::add);
        }
        return newest;
    }

    /** A history as far as it is not merged yet. */
    private record Head(History history, ListenerEvent newest) {

        static Optional<Head> of(History history, long beforeId) {
            return Optional.ofNullable(history.newestBefore(beforeId)).map(newest -> new Head(history, newest));
        }
    }
}
