package dev.canyon.transport;

import io.netty.channel.socket.SocketChannel;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One live connection. What it has received and sent is known to its {@link TcpEchoHandler}, without a word to anybody
 * else, and so is asked for on the connection's event loop: the numbers then fit together.
 */
final class TcpConnection {

    private static final AttributeKey<TcpConnection> ATTRIBUTE = AttributeKey.valueOf("canyon.connection");

    private final long id;
    private final SocketChannel socket;
    private final long openedAtMillis = System.currentTimeMillis();
    /** Null until it is prepared. Kept here, as a closed connection has no pipeline any more. */
    private volatile @Nullable TcpEchoHandler echo;

    TcpConnection(long id, SocketChannel socket) {
        this.id = id;
        this.socket = socket;
        socket.attr(ATTRIBUTE).set(this);
    }

    /** @param socket that was accepted */
    static TcpConnection of(SocketChannel socket) {
        return socket.attr(ATTRIBUTE).get();
    }

    long id() {
        return id;
    }

    SocketChannel socket() {
        return socket;
    }

    void servedBy(TcpEchoHandler handler) {
        echo = handler;
    }

    /** Between whom it is. */
    Flow flow() {
        return new Flow(id, Protocol.TCP, socket.localAddress(), socket.remoteAddress());
    }

    /** How it is doing, or was when it ended. On its event loop, or before that knows of it. */
    Peer look() {
        TcpEchoHandler serving = echo;
        return new Peer(
                id,
                Protocol.TCP,
                socket.remoteAddress(),
                socket.localAddress(),
                Instant.ofEpochMilli(openedAtMillis),
                serving == null ? 0 : serving.receivedBytes(),
                serving == null ? 0 : serving.reads(),
                serving == null ? 0 : serving.sentBytes(socket),
                serving == null ? 0 : serving.pendingBytes(socket),
                serving == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - serving.activeAt()));
    }

    /**
     * Ends it, from any thread.
     *
     * @param drain what a FIN may wait for
     * @return completes with the last look, or with nothing if the connection has ended before
     */
    CompletableFuture<Optional<Peer>> close(CloseMode mode, Duration drain) {
        long deadline = System.nanoTime() + drain.toNanos();
        CompletableFuture<Optional<Peer>> last = new CompletableFuture<>();
        if (socket.isOpen()) {
            // At once: a stop that comes next is not the reason.
            CloseReason.OPERATOR.note(socket);
        }
        socket.eventLoop().execute(() -> {
            if (!socket.isOpen()) {
                last.complete(Optional.empty());
                return;
            }
            socket.closeFuture().addListener(closed -> last.complete(Optional.of(look())));
            switch (mode) {
                case FIN -> ConnectionDrain.begin(socket, () -> deadline);
                case RESET -> {
                    // A close that may not linger sends RST and drops what is unsent (socket(7), SO_LINGER).
                    socket.config().setSoLinger(0);
                    socket.close();
                }
            }
        });
        return last;
    }
}
