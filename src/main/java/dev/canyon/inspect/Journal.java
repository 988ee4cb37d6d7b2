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
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to listeners and on their sockets. Of each listener the last {@value #HELD_PER_LISTENER} events are
 * held, so one that is noisy pushes out only its own, until it is deleted. All together hold {@value #HELD_TOGETHER}: if
 * there are more listeners than that suffices for, each has an equal share of it, and {@value #HELD_AT_LEAST} for certain.
 *
 * <p>Events are added on event loops and elsewhere, one at a time, and so in the order of their ids. Reading may be done
 * from any thread.
 */
public final class Journal implements ListenerObserver.Factory {

    static final int HELD_PER_LISTENER = 256;
    /** An event with its addresses is some 200 bytes: so about 50 MB. */
    static final int HELD_TOGETHER = 262_144;

    static final int HELD_AT_LEAST = 16;
    private static final int HELD_WHILE_FOLLOWED = 4_096;
    private static final int HELD_OF_ALL = 16_384;

    /** The first id of a start; so many events are not made in a millisecond, so no later start gives an id again. */
    private static final long IDS_PER_MILLISECOND = 1_000;

    private final Map<String, Recorder> recorders = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Repeats.Later later;
    private final List<Runnable> whenNews = new CopyOnWriteArrayList<>();
    private final Object order = new Object();
    private final long beginId;
    /** What those who follow all listeners read; who asks for the past gets it from each. */
    private final History recent;

    /** Of each listener, while there are as many as there are. */
    private int share = HELD_PER_LISTENER;

    private volatile long newestId;

    Journal(Clock clock, Repeats.Later later) {
        this.clock = clock;
        this.later = later;
        this.beginId = clock.millis() * IDS_PER_MILLISECOND;
        this.newestId = beginId;
        this.recent = new History(beginId, HELD_OF_ALL, HELD_OF_ALL);
    }

    @Override
    public ListenerObserver observe(String name) {
        return new Recorder(name, this, new History(beginId, HELD_PER_LISTENER, HELD_WHILE_FOLLOWED), later);
    }

    void open(Recorder recorder) {
        synchronized (order) {
            recorders.put(recorder.listener(), recorder);
            recorder.history().holdAtMost(share);
            share();
        }
    }

    void close(Recorder recorder) {
        synchronized (order) {
            recorders.remove(recorder.listener(), recorder);
            recorder.history().end();
            share();
        }
        whenNews.forEach(Runnable::run);
    }

    /** The quiet ones too give way to more listeners. The share is seldom another: there are few that it may be. */
    private void share() {
        int fair = HELD_TOGETHER / Math.max(1, recorders.size());
        int changed = Math.max(HELD_AT_LEAST, Math.min(HELD_PER_LISTENER, fair));
        if (changed != share) {
            share = changed;
            recorders.values().forEach(recorder -> recorder.history().holdAtMost(changed));
        }
    }

    void add(Recorder recorder, @Nullable InetSocketAddress remote, Happening what, long count) {
        synchronized (order) {
            if (recorder.history().isEnded()) {
                return;
            }
            long id = newestId + 1;
            ListenerEvent event = new ListenerEvent(id, clock.instant(), recorder.listener(), what, remote, count);
            recorder.history().add(event);
            recent.add(event);
            newestId = id;
        }
        whenNews.forEach(Runnable::run);
    }

    /** Is called after each event, also on event loops: returns at once and throws nothing. */
    public void whenNews(Runnable call) {
        whenNews.add(call);
    }

    /** Follows all listeners from now on. */
    public Following follow() {
        return new Following(recent, recent.follow(), false);
    }

    /**
     * Follows all listeners from where somebody else has stopped.
     *
     * @param lastId the last event that was read. Of what was after it, that is given which is still held
     */
    public Following followAfter(long lastId) {
        return followAfter(recent, lastId);
    }

    /** Follows a listener from now on. @return nothing if there is no such listener */
    public Optional<Following> follow(String listener) {
        return history(listener).map(history -> new Following(history, history.follow(), false));
    }

    /** Follows a listener from where somebody else has stopped: as {@link #followAfter(long)}. */
    public Optional<Following> followAfter(long lastId, String listener) {
        return history(listener).map(history -> followAfter(history, lastId));
    }

    private Following followAfter(History history, long lastId) {
        // One that is yet to come was given by another Canyon, or while the clock was wrong.
        long known = lastId > newestId ? 0 : lastId;
        return new Following(history, history.followAfter(known), history.hasForgottenAfter(known));
    }

    private Optional<History> history(String listener) {
        return Optional.ofNullable(recorders.get(listener)).map(Recorder::history);
    }

    /**
     * Takes down the messages of a listener for as long as it exists: for who captures them, as there would be too many
     * otherwise.
     */
    Capture.Told messages(String listener) {
        Recorder recorder = recorders.get(listener);
        return (direction, flow, bytes) -> {
            if (recorder != null) {
                add(recorder, flow.remote(), messageOf(direction, flow.connection(), bytes), 1);
            }
        };
    }

    private static Happening messageOf(Direction direction, long connection, int bytes) {
        return switch (direction) {
            case IN -> new Happening.Received(connection, bytes);
            case OUT -> new Happening.Sent(connection, bytes);
        };
    }

    /**
     * The events of a listener, newest first.
     *
     * @param beforeId only those with smaller ids
     * @return nothing if there is no such listener
     */
    public Optional<List<ListenerEvent>> before(long beforeId, int atMost, String listener) {
        return history(listener).map(history -> history.before(beforeId, atMost));
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
