package dev.canyon.engine.peer;

import dev.canyon.engine.identity.ProxyHeaderFailure;
import dev.canyon.engine.tls.TlsFailure;
import dev.canyon.thread.LoopAnswers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The open connections of a listener, sorted by id, so that reading a page costs only the page. Connections are added in the
 * order of their ids by one event loop at a time, the one that accepts. A reader that pages through them therefore misses none,
 * except possibly while the listener moves to another port.
 */
public final class LiveConnections {

    private final ConcurrentNavigableMap<Long, LiveConnection> byId = new ConcurrentSkipListMap<>();
    private final LongSupplier ids;
    private final SocketObserver observer;

    LiveConnections(LongSupplier ids, SocketObserver observer) {
        this.ids = ids;
        this.observer = observer;
    }

    /** The id of the next connection. */
    public long nextId() {
        return ids.getAsLong();
    }

    /**
     * Reports a connection before it is registered with its event loop, so that all events of the loop come later; with a PROXY
     * header or TLS on the event loop, once both are complete.
     */
    public void accepted(LiveConnection connection) {
        observer.accepted(connection.snapshot());
    }

    /**
     * Removes a connection whose TLS handshake failed. Call on the connection's event loop once its socket is closed.
     *
     * @param connection not reported as accepted
     */
    public void handshakeFailed(LiveConnection connection, TlsFailure cause) {
        byId.remove(connection.id());
        observer.handshakeFailed(connection.snapshot().remote(), cause);
    }

    /**
     * Removes a connection whose PROXY header could not be read. Call on the connection's event loop once its socket is closed.
     *
     * @param connection not reported as accepted
     */
    public void headerFailed(LiveConnection connection, ProxyHeaderFailure cause) {
        byId.remove(connection.id());
        observer.headerFailed(connection.snapshot().remote(), cause);
    }

    /**
     * Removes a connection whose client, named by a PROXY header, is not admitted. Call on the connection's event loop once its
     * socket is closed.
     *
     * @param connection not reported as accepted
     */
    public void rejected(LiveConnection connection, RejectReason reason) {
        byId.remove(connection.id());
        observer.rejected(connection.snapshot().remote(), reason);
    }

    /** @param connection accepted; it may not be registered with its event loop yet */
    public void add(LiveConnection connection) {
        byId.put(connection.id(), connection);
    }

    /** Call on the connection's event loop once its socket is closed. */
    public void closed(LiveConnection connection, CloseReason reason) {
        byId.remove(connection.id());
        observer.closed(connection.snapshot(), reason);
    }

    List<Peer> after(long id, int atMost) {
        List<CompletableFuture<List<Peer>>> pages = new ArrayList<>();
        byLoop(byId.tailMap(id, false).values().stream().limit(atMost))
                .forEach((loop, group) -> pages.add(CompletableFuture.supplyAsync(
                        () -> group.stream().map(LiveConnection::snapshot).toList(), loop)));
        return LoopAnswers.join(
                all(pages)
                        .thenApply(done -> pages.stream()
                                .map(CompletableFuture::join)
                                .flatMap(Collection::stream)
                                .toList()),
                "its connections cannot be listed at present; try again");
    }

    /** Runs an action for each connection on its event loop. @return completes when all are done */
    public CompletableFuture<Void> onEach(Consumer<LiveConnection> action) {
        return all(byLoop(byId.values().stream()).entrySet().stream()
                .map(of -> CompletableFuture.runAsync(() -> of.getValue().forEach(action), of.getKey()))
                .toList());
    }

    private static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> answers) {
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    /** Calls an action for each connection, in the order of their ids, on the calling thread. */
    public void forEach(Consumer<LiveConnection> action) {
        byId.values().forEach(action);
    }

    private static Map<Executor, List<LiveConnection>> byLoop(Stream<LiveConnection> connections) {
        return connections.collect(Collectors.groupingBy(LiveConnection::loop));
    }

    CompletableFuture<Optional<Peer>> close(long id, CloseMode mode, Duration drain) {
        LiveConnection connection = byId.get(id);
        return connection == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : LoopAnswers.inTime(
                        connection.close(mode, drain), drain, "the connection is closed as soon as it answers");
    }
}
