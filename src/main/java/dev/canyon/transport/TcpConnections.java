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
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The live connections of a listener by their ids, so that a page of ten thousand costs no more than the page. Filled by
 * one event loop at a time, the one that accepts, and thus in the order of the ids: nobody appears behind a reader.
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

    /** @param socket registered with its event loop */
    void add(SocketChannel socket) {
        long id = ids.getAsLong();
        TcpConnection connection = new TcpConnection(id, socket, System.currentTimeMillis());
        byId.put(id, connection);
        observer.accepted(connection.accepted());
        // Told at once if it is closed by now, so none is left behind.
        socket.closeFuture().addListener(closed -> {
            byId.remove(id);
            observer.closed(connection.look(), CloseReason.of(socket));
        });
    }

    List<Peer> after(long id, int atMost) {
        Map<EventLoop, List<TcpConnection>> byLoop = byId.tailMap(id, false).values().stream()
                .limit(atMost)
                .collect(Collectors.groupingBy(connection -> connection.socket().eventLoop()));
        List<CompletableFuture<List<Peer>>> looks = new ArrayList<>();
        byLoop.forEach((loop, theirs) -> looks.add(CompletableFuture.supplyAsync(
                        () -> theirs.stream().map(TcpConnection::look).toList(), loop)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)));
        return looks.stream()
                .map(CompletableFuture::join)
                .flatMap(Collection::stream)
                .toList();
    }

    CompletableFuture<Optional<Peer>> close(long id, CloseMode mode, Duration drain) {
        TcpConnection connection = byId.get(id);
        return connection == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : connection.close(mode, drain).orTimeout(drain.toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
