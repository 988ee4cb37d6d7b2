package dev.canyon.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Tap} is put on a listener. It belongs to the listener, not to the socket, and reaches connections that
 * are open already, those of a socket that was given up included.
 *
 * <p>While no tap is open nothing of it is in the way of a byte on TCP, and a datagram costs the read of one field.
 *
 * <p>May be used from any thread but an event loop.
 */
public final class TapPoint {

    private final TcpConnections connections;
    private volatile @Nullable Tap fitted;
    private volatile @Nullable Tap open;
    private boolean gone;

    TapPoint(TcpConnections connections) {
        this.connections = connections;
    }

    /** The tap that is here, open or not. */
    public @Nullable Tap fitted() {
        return fitted;
    }

    /**
     * Puts a tap here, in place of the one there is. Returns when it is told of all that arrives from now on. Waits for
     * the event loops of open connections, a moment.
     *
     * @param opened whether it is told, or only kept here until it is to be told
     * @return false if the listener is deleted: nothing was done
     * @throws java.util.concurrent.CompletionException if an event loop has not answered for ten seconds; its connections
     *     may not be told of, or told of no more, until later
     */
    public synchronized boolean fit(Tap tap, boolean opened) {
        if (gone) {
            return false;
        }
        Tap before = fitted;
        fitted = tap;
        try {
            open(opened ? tap : null);
        } finally {
            if (before != null && !before.equals(tap)) {
                before.removed();
            }
        }
        return true;
    }

    /** Takes the tap off; does nothing if there is none. */
    public synchronized void remove() {
        Tap before = fitted;
        fitted = null;
        try {
            open(null);
        } finally {
            if (before != null) {
                before.removed();
            }
        }
    }

    /** The listener is deleted: takes the tap off, and no other can be put here. */
    public synchronized void close() {
        gone = true;
        remove();
    }

    private void open(@Nullable Tap wanted) {
        if (!Objects.equals(open, wanted)) {
            open = wanted;
            connections.onEach(this::fit);
        }
    }

    /** The tap that is to be told now. */
    @Nullable
    Tap open() {
        return open;
    }

    /** For one that stands among the connections from now on: a tap may have come or gone since it was prepared. */
    void fitSoon(SocketChannel connection) {
        if (open != null || connection.pipeline().get(TcpTap.class) != null) {
            connection.eventLoop().execute(() -> fit(connection));
        }
    }

    /** Puts the tap that is to be told now into a connection's pipeline, or takes it out. On the connection's event loop. */
    void fit(SocketChannel connection) {
        ChannelPipeline pipeline = connection.pipeline();
        TcpTap there = pipeline.get(TcpTap.class);
        Tap wanted = open;
        if (there != null && !there.tells(wanted)) {
            pipeline.remove(there);
            there = null;
        }
        ChannelHandlerContext echo = pipeline.context(TcpEchoHandler.class);
        if (there == null && wanted != null && echo != null) {
            pipeline.addBefore(
                    echo.name(),
                    null,
                    new TcpTap(wanted, TcpConnection.of(connection).flow()));
        }
    }
}
