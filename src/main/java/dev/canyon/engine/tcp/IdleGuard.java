package dev.canyon.engine.tcp;

import dev.canyon.engine.endpoint.TcpSettings;
import dev.canyon.engine.kernel.TcpInfo;
import dev.canyon.engine.peer.CloseReason;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes an inactive connection: nothing arrives for the idle timeout, or a waiting reply makes no progress for the write-stall
 * timeout. Checks at intervals on the event loop of the connection, and costs nothing in between.
 *
 * <p>On epoll, progress is what the peer has acknowledged (tcp(7), TCP_INFO), so a slow but steady reader is not closed. On other
 * transports it is what the kernel has accepted, which grows in larger steps, bounded by {@link #COARSE_SEND_BUFFER}.
 */
final class IdleGuard {

    /** Bytes; for transports that cannot query the acknowledged bytes. */
    static final int COARSE_SEND_BUFFER = 256 * 1024;

    private static final long MIN_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final TcpConnection connection;
    private final SocketChannel socket;
    private long idleNanos;
    private long stallNanos;
    private long activeAt;
    private long progressAt;
    private long progress;
    private @Nullable ScheduledFuture<?> nextCheck;

    /** Watches nothing until {@link #apply} sets a timeout. */
    IdleGuard(TcpConnection connection) {
        this.connection = connection;
        this.socket = connection.socket();
        this.activeAt = System.nanoTime();
        this.progressAt = activeAt;
    }

    /** Changes the timeouts. How long the connection has been idle or stalled is not forgotten. */
    void apply(TcpSettings settings) {
        stop();
        idleNanos = settings.idleTimeout().toNanos();
        stallNanos = settings.writeStallTimeout().toNanos();
        if (idleNanos > 0 || stallNanos > 0) {
            scheduleCheck();
        }
    }

    void stop() {
        if (nextCheck != null) {
            nextCheck.cancel(false);
            nextCheck = null;
        }
    }

    private void check() {
        long now = System.nanoTime();
        activeAt = connection.held().any() || connection.faults().isHolding()
                ? now
                : Math.max(activeAt, connection.activeAt());
        if (connection.held().waitsForPeer()) {
            noteProgress(now);
        } else {
            progressAt = now;
        }
        if (stallNanos > 0 && now - progressAt >= stallNanos) {
            CloseReason.WRITE_STALL.close(socket);
        } else if (idleNanos > 0 && now - activeAt >= idleNanos) {
            CloseReason.IDLE.close(socket);
        } else {
            scheduleCheck();
        }
    }

    private void noteProgress(long now) {
        long current = socket instanceof EpollSocketChannel epoll
                ? TcpInfo.acknowledgedBytes(epoll)
                : connection.meter().progress(socket);
        if (current != progress) {
            progress = current;
            progressAt = now;
        }
    }

    /** At the earliest time at which the idle timeout can expire, and four times within a write-stall timeout. */
    private void scheduleCheck() {
        long untilIdle = idleNanos == 0 ? Long.MAX_VALUE : idleNanos - (System.nanoTime() - activeAt);
        long untilStallCheck = stallNanos == 0 ? Long.MAX_VALUE : stallNanos / 4;
        long delay = Math.max(MIN_DELAY_NANOS, Math.min(untilIdle, untilStallCheck));
        nextCheck = socket.eventLoop().schedule(this::check, delay, TimeUnit.NANOSECONDS);
    }
}
