package dev.canyon.engine.socket;

import dev.canyon.engine.fault.AcceptEffect.Accepting;
import dev.canyon.engine.kernel.ListeningSocket;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a listening socket accept clients, ignore them or refuse them. Open connections and the port are not affected: the socket
 * stays bound, and listens again on the same descriptor. No other class switches accepting on or off.
 *
 * <p>May be used from any thread; changes are made one after another on the event loop of the socket.
 */
public final class AcceptGate {

    private static final InternalLogger log = InternalLoggerFactory.getInstance(AcceptGate.class);

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private static final long FAILURE_PAUSE_SECONDS = 1;

    private final Channel listening;
    private final EventLoop loop;
    private final int backlog;
    private Accepting current = Accepting.NORMAL;
    private boolean pausedByFailure;
    /** Kept, because a socket that does not listen cannot be found again on every transport. */
    private @Nullable ListeningSocket socket;

    private CompletableFuture<Void> lastChange = DONE;

    public AcceptGate(Channel listening, int backlog) {
        this.listening = listening;
        this.loop = listening.eventLoop();
        this.backlog = backlog;
    }

    /** @return completes when the socket treats new clients as wanted */
    public synchronized CompletableFuture<Void> apply(Accepting wanted) {
        lastChange = lastChange.thenComposeAsync(before -> change(wanted), loop);
        return lastChange;
    }

    /** Netty closes a socket only while it is registered. @return completes when the socket can be closed */
    public synchronized CompletableFuture<Void> prepareClose() {
        lastChange = lastChange.thenComposeAsync(before -> endRefusal(), loop);
        return lastChange;
    }

    /** On the event loop of the socket: whether clients are refused. */
    public boolean isRefusing() {
        return current == Accepting.REFUSED;
    }

    /**
     * On the event loop of the socket: accept(2) has failed. Nobody is accepted for one second, because the next attempt would fail
     * immediately and occupy the event loop.
     */
    public void acceptFailed() {
        if (!pausedByFailure) {
            pausedByFailure = true;
            updateReading();
            loop.schedule(
                    () -> {
                        pausedByFailure = false;
                        updateReading();
                    },
                    FAILURE_PAUSE_SECONDS,
                    TimeUnit.SECONDS);
        }
    }

    private void updateReading() {
        if (listening.isOpen()) {
            listening.config().setAutoRead(current == Accepting.NORMAL && !pausedByFailure);
        }
    }

    private CompletableFuture<Void> endRefusal() {
        if (current != Accepting.REFUSED) {
            return DONE;
        }
        current = Accepting.NORMAL;
        return listening.isRegistered() ? DONE : whenDone(loop.register(listening));
    }

    private CompletableFuture<Void> change(Accepting wanted) {
        if (wanted == current || !listening.isOpen()) {
            return DONE;
        }
        if (wanted != Accepting.REFUSED && !ListeningSocket.isSupported(listening)) {
            // The queue keeps its length, so that more clients connect before connects time out.
            current = wanted;
            updateReading();
            return DONE;
        }
        try {
            ListeningSocket known = socket == null ? ListeningSocket.of(listening) : socket;
            socket = known;
            if (current == Accepting.REFUSED) {
                known.listenAgain(backlog);
                return endRefusal().thenCompose(listens -> {
                    updateReading();
                    return change(wanted);
                });
            }
            current = wanted;
            switch (wanted) {
                case NORMAL -> accept(known);
                case PAUSED -> pause(known);
                case REFUSED -> {
                    return refuse(known);
                }
            }
        } catch (IOException ex) {
            warn(ex);
        }
        return DONE;
    }

    private void accept(ListeningSocket known) throws IOException {
        known.listen(backlog);
        updateReading();
    }

    /** One connect fills the queue; the kernel ignores the others, so that they time out. */
    private void pause(ListeningSocket known) throws IOException {
        updateReading();
        known.listen(0);
    }

    /**
     * Deregistered before, because the event loop would report a socket that does not listen as broken. An io_uring loop does not
     * watch a socket that is not read, and does not always complete a deregistration.
     */
    private CompletableFuture<Void> refuse(ListeningSocket known) {
        updateReading();
        boolean watched = !(listening instanceof IoUringServerSocketChannel);
        return (watched ? whenDone(listening.deregister()) : DONE).thenRun(() -> {
            try {
                known.refuse();
            } catch (IOException ex) {
                warn(ex);
            }
        });
    }

    private void warn(IOException cause) {
        log.warn("Could not change how {} accepts clients: {}", listening.localAddress(), cause.getMessage());
    }

    private static CompletableFuture<Void> whenDone(ChannelFuture operation) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        ChannelFutureListener complete = completed -> done.complete(null);
        operation.addListener(complete);
        return done;
    }
}
