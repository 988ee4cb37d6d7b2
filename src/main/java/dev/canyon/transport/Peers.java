package dev.canyon.transport;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Who talks to a listener: its TCP connections, and who has lately sent datagrams to it. It belongs to the listener, not
 * to the socket, so connections of a socket that was given up are here until they have drained.
 *
 * <p>May be asked from any thread but an event loop.
 */
public final class Peers {

    private static final AtomicLong NEWEST_ID = new AtomicLong();

    private final TcpConnections connections;
    private final UdpSources sources = new UdpSources(NEWEST_ID::incrementAndGet);

    /** @param observer is told of connections */
    Peers(SocketObserver observer) {
        this.connections = new TcpConnections(NEWEST_ID::incrementAndGet, observer);
    }

    /**
     * Those who came after the one with this id, in the order in which they came. Those who come or go meanwhile disturb
     * nobody's place. Waits for the event loops, which say how each connection of theirs is doing.
     *
     * @param id 0 for all
     * @throws java.util.concurrent.CompletionException if an event loop has not answered for ten seconds
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
     * @param drain how long a FIN may wait for replies to leave and for a client that goes on sending
     * @return the last that is to be known of it, when it is closed: at the latest {@code drain} plus two seconds from now;
     *     empty if there is no such connection
     */
    public CompletableFuture<Optional<Peer>> close(long id, CloseMode mode, Duration drain) {
        return connections.close(id, mode, drain);
    }

    /** Forgets who has sent datagrams. */
    public void forgetSources() {
        sources.clear();
    }

    TcpConnections connections() {
        return connections;
    }

    UdpSources sources() {
        return sources;
    }
}
