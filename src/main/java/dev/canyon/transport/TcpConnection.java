package dev.canyon.transport;

import io.netty.channel.socket.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One live connection. What it has received and sent is known to its {@link TcpEchoHandler}, without a word to anybody
 * else, and so is asked for on the connection's event loop: the numbers then fit together.
 */
record TcpConnection(long id, SocketChannel socket, long openedAtMillis) {

    /** How it is doing. On its event loop. */
    Peer look() {
        return look(echo());
    }

    /** As it was when it came, from any thread. */
    Peer accepted() {
        return look(null);
    }

    private @Nullable TcpEchoHandler echo() {
        return socket.pipeline().get(TcpEchoHandler.class);
    }

    /** @param echo null if the connection has not got so far yet, or is gone */
    private Peer look(@Nullable TcpEchoHandler echo) {
        return new Peer(
                id,
                Protocol.TCP,
                socket.remoteAddress(),
                socket.localAddress(),
                Instant.ofEpochMilli(openedAtMillis),
                echo == null ? 0 : echo.receivedBytes(),
                echo == null ? 0 : echo.reads(),
                echo == null ? 0 : echo.sentBytes(socket),
                echo == null ? 0 : echo.pendingBytes(socket),
                echo == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - echo.activeAt()));
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
            TcpEchoHandler echo = echo();
            // The channel keeps the address that it was asked for, also when it is closed.
            socket.localAddress();
            socket.closeFuture().addListener(closed -> last.complete(Optional.of(look(echo))));
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
