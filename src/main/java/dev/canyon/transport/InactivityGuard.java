package dev.canyon.transport;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which nothing happens: no byte arrives for the idle timeout, or a waiting reply makes no progress
 * for the write-stall timeout. It looks from time to time, on the connection's loop, and costs nothing in between.
 *
 * <p>On epoll progress is what the peer has acknowledged (tcp(7), TCP_INFO), so a slow but steady reader lives. Elsewhere
 * it is what the kernel has taken, which moves in larger steps: {@link #COARSE_SEND_BUFFER} bounds them.
 */
final class InactivityGuard {

    /** Bytes; for transports that cannot ask the kernel what was acknowledged. */
    static final int COARSE_SEND_BUFFER = 256 * 1024;

    private static final long SHORTEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Channel connection;
    private final TcpEchoHandler echo;
    private final long idleNanos;
    private final long stallNanos;
    private long activeAt;
    private long progressAt;
    private long progress;
    private @Nullable ScheduledFuture<?> nextLook;

    private InactivityGuard(Channel connection, TcpEchoHandler echo, long idleNanos, long stallNanos) {
        this.connection = connection;
        this.echo = echo;
        this.idleNanos = idleNanos;
        this.stallNanos = stallNanos;
        this.activeAt = System.nanoTime();
        this.progressAt = activeAt;
    }

    /** @return null if neither timeout is set: then there is nothing to watch */
    static @Nullable InactivityGuard start(Channel connection, TcpEchoHandler echo, TcpSettings settings) {
        long idleNanos = settings.idleTimeout().toNanos();
        long stallNanos = settings.writeStallTimeout().toNanos();
        if (idleNanos == 0 && stallNanos == 0) {
            return null;
        }
        InactivityGuard guard = new InactivityGuard(connection, echo, idleNanos, stallNanos);
        guard.lookLater();
        return guard;
    }

    void stop() {
        if (nextLook != null) {
            nextLook.cancel(false);
        }
    }

    private void look() {
        long now = System.nanoTime();
        if (Pending.bytes(connection) > 0) {
            activeAt = now;
            noteProgress(now);
        } else {
            activeAt = Math.max(activeAt, echo.activeAt());
            progressAt = now;
        }
        if (stallNanos > 0 && now - progressAt >= stallNanos) {
            CloseReason.WRITE_STALL.close(connection);
        } else if (idleNanos > 0 && now - activeAt >= idleNanos) {
            CloseReason.IDLE.close(connection);
        } else {
            lookLater();
        }
    }

    private void noteProgress(long now) {
        long current = connection instanceof EpollSocketChannel epoll
                ? TcpInfo.acknowledgedBytes(epoll)
                : echo.taken(connection);
        if (current != progress) {
            progress = current;
            progressAt = now;
        }
    }

    /** At the earliest moment at which the connection could be idle, and four times within a write-stall timeout. */
    private void lookLater() {
        long untilIdle = idleNanos == 0 ? Long.MAX_VALUE : idleNanos - (System.nanoTime() - activeAt);
        long untilStallCheck = stallNanos == 0 ? Long.MAX_VALUE : stallNanos / 4;
        long delay = Math.max(SHORTEST_WAIT_NANOS, Math.min(untilIdle, untilStallCheck));
        nextLook = connection.eventLoop().schedule(this::look, delay, TimeUnit.NANOSECONDS);
    }
}
