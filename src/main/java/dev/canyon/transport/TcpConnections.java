package dev.canyon.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The live connections of a listener by their ids, so that a page of ten thousand costs no more than the page. Filled by
 * one event loop at a time, the one that accepts, and thus in the order of the ids: nobody appears behind a reader, but
 * perhaps while the listener moves to another port.
 */
final class TcpConnections {

    /** A loop that takes longer is ill, and so said by the health check. */
    private static final int PATIENCE_SECONDS = 10;

    private final ConcurrentNavigableMap<Long, TcpConnection> byId = new ConcurrentSkipListMap<>();
    private final LongSupplier ids;
    private final SocketObserver observer;

    TcpConnections(LongSupplier ids, SocketObserver observer) {
        this.ids = ids;
        this.observer = observer;
    }

    /** Gives a connection its id, and tells of it, before its event loop knows of it: what that tells comes later. */
    void accept(SocketChannel socket) {
        observer.accepted(new TcpConnection(ids.getAsLong(), socket).look());
    }

    /** @param socket is accepted, and registered with its event loop */
    void add(SocketChannel socket) {
        TcpConnection connection = TcpConnection.of(socket);
        byId.put(connection.id(), connection);
        // Told at once if it is closed by now, so none is left behind.
        socket.closeFuture().addListener(closed -> {
            byId.remove(connection.id());
            observer.closed(connection.look(), CloseReason.of(socket));
        });
    }

    List<Peer> after(long id, int atMost) {
        List<CompletableFuture<List<Peer>>> looks = new ArrayList<>();
        byLoop(byId.tailMap(id, false).values().stream().limit(atMost))
                .forEach((loop, theirs) -> looks.add(CompletableFuture.supplyAsync(
                                () -> theirs.stream().map(TcpConnection::look).toList(), loop)
                        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)));
        return looks.stream()
                .map(CompletableFuture::join)
                .flatMap(Collection::stream)
                .toList();
    }

    /** Does something to each connection on its event loop; returns when it is done. */
    void onEach(Consumer<SocketChannel> action) {
        byLoop(byId.values().stream()).entrySet().stream()
                .map(of -> CompletableFuture.runAsync(
                                () -> of.getValue().forEach(connection -> action.accept(connection.socket())),
                                of.getKey())
                        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private static Map<EventLoop, List<TcpConnection>> byLoop(Stream<TcpConnection> connections) {
        return connections.collect(
                Collectors.groupingBy(connection -> connection.socket().eventLoop()));
    }

    CompletableFuture<Optional<Peer>> close(long id, CloseMode mode, Duration drain) {
        TcpConnection connection = byId.get(id);
        return connection == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : connection.close(mode, drain).orTimeout(drain.toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
