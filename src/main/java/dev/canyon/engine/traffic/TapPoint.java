package dev.canyon.engine.traffic;

import dev.canyon.engine.peer.LiveConnection;
import dev.canyon.engine.peer.LiveConnections;
import dev.canyon.thread.LoopAnswers;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Attaches a {@link Tap} to a listener. Belongs to the listener, not to the socket, and includes open connections, also those
 * of a closed listening socket.
 *
 * <p>While no tap is open, TCP connections have no handler for it, and a datagram costs one volatile read.
 *
 * <p>May be used from any thread except an event loop.
 */
public final class TapPoint {

    private final LiveConnections connections;
    private volatile @Nullable Tap attached;
    private volatile @Nullable Tap open;
    private boolean closed;

    /** @param connections those that a tap is attached to */
    public TapPoint(LiveConnections connections) {
        this.connections = connections;
    }

    /** The attached tap, open or not; null if there is none. */
    public @Nullable Tap attached() {
        return attached;
    }

    /**
     * Attaches a tap, replacing the current one. Returns once the tap receives everything that arrives from then on. Waits for the
     * event loops of open connections.
     *
     * @param opened whether the tap is open; a closed one stays attached but receives nothing
     * @return false if the listener is deleted; the tap is not attached
     * @throws dev.canyon.thread.EventLoopBlockedException if an event loop has not answered for ten seconds; the change
     *     takes effect later for its connections
     */
    public synchronized boolean attach(Tap tap, boolean opened) {
        if (closed) {
            return false;
        }
        Tap before = attached;
        attached = tap;
        CompletableFuture<Void> inEffect = open(opened ? tap : null);
        if (before != null && !before.equals(tap)) {
            before.removed();
        }
        await(inEffect);
        return true;
    }

    /** Removes the tap; does nothing if there is none. Waits as {@link #attach} does. */
    public synchronized void remove() {
        await(removeLater());
    }

    /** Removes the tap because the listener is deleted; no other can be attached. Does not wait. */
    public synchronized void close() {
        closed = true;
        removeLater();
    }

    private CompletableFuture<Void> removeLater() {
        Tap before = attached;
        attached = null;
        CompletableFuture<Void> removed = open(null);
        if (before != null) {
            before.removed();
        }
        return removed;
    }

    /** @return completes when the change is in effect for all connections */
    private CompletableFuture<Void> open(@Nullable Tap wanted) {
        if (Objects.equals(open, wanted)) {
            return CompletableFuture.completedFuture(null);
        }
        open = wanted;
        return connections.onEach(LiveConnection::updateTap);
    }

    private static void await(CompletableFuture<Void> inEffect) {
        LoopAnswers.join(inEffect, "the change of the capture takes effect for its connections as soon as it answers");
    }

    /** The open tap; null if there is none. */
    @Nullable
    public Tap open() {
        return open;
    }
}
