package dev.canyon.engine.peer;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The peers of a listener: its TCP connections and the recent sources of datagrams. Belongs to the listener, not to the
 * socket, so the connections of a closed listening socket are included until they have drained.
 *
 * <p>May be used from any thread except an event loop.
 */
public final class Peers {

    private static final AtomicLong NEWEST_ID = new AtomicLong();

    private final LiveConnections connections;
    private final UdpSources sources = new UdpSources(NEWEST_ID::incrementAndGet);

    /** @param observer notified of connections */
    public Peers(SocketObserver observer) {
        this.connections = new LiveConnections(NEWEST_ID::incrementAndGet, observer);
    }

    /**
     * The peers with ids above this one, in the order of their ids. Peers that come or go meanwhile do not change the position of
     * others. Waits for the event loops, which read the counters of their connections.
     *
     * @param id 0 for all
     * @throws dev.canyon.thread.EventLoopBlockedException if an event loop has not answered for ten seconds
     */
    public List<Peer> after(long id, int atMost) {
        return Stream.concat(connections.after(id, atMost).stream(), sources.after(id, atMost).stream())
                .sorted(Comparator.comparingLong(Peer::id))
                .limit(atMost)
                .toList();
    }

    /**
     * Closes a connection.
     *
     * @param drain how long FIN may be delayed by unsent replies and by a client that continues to send
     * @return completes with the final counters once the connection is closed, at the latest {@code drain} plus two seconds
     *     from now; empty if there is no such connection
     */
    public CompletableFuture<Optional<Peer>> close(long id, CloseMode mode, Duration drain) {
        return connections.close(id, mode, drain);
    }

    /** Removes all sources of datagrams. */
    public void forgetSources() {
        sources.clear();
    }

    public LiveConnections connections() {
        return connections;
    }

    public UdpSources sources() {
        return sources;
    }
}
