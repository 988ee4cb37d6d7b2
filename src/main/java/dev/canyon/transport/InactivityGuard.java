package dev.canyon.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which nothing happens: no byte arrives for the idle timeout, or a waiting reply makes no
 * progress for the write-stall timeout. In the pipeline only if one of the two is set; always on the connection's loop.
 *
 * <p>On epoll progress is what the peer has acknowledged (tcp(7), TCP_INFO), so a slow but steady reader lives. Elsewhere
 * it is what the kernel has taken, which moves in larger steps: {@link #COARSE_SEND_BUFFER} bounds them.
 */
final class InactivityGuard extends ChannelInboundHandlerAdapter {

    /** Bytes; for transports that cannot ask the kernel what was acknowledged. */
    static final int COARSE_SEND_BUFFER = 256 * 1024;

    private static final String NAME = "inactivity";
    private static final long SHORTEST_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final TcpEchoHandler echo;
    private final long idleNanos;
    private final long stallNanos;
    private long activeAt;
    private long progressAt;
    private long progress;
    private @Nullable ScheduledFuture<?> nextCheck;

    private InactivityGuard(TcpEchoHandler echo, Duration idle, Duration stall) {
        this.echo = echo;
        this.idleNanos = idle.toNanos();
        this.stallNanos = stall.toNanos();
    }

    /** Puts a guard with these timeouts first in the pipeline, in place of one that may be there. */
    static void install(ChannelPipeline pipeline, TcpEchoHandler echo, TcpSettings settings) {
        if (pipeline.get(NAME) != null) {
            pipeline.remove(NAME);
        }
        if (!settings.idleTimeout().isZero() || !settings.writeStallTimeout().isZero()) {
            pipeline.addFirst(NAME, new InactivityGuard(echo, settings.idleTimeout(), settings.writeStallTimeout()));
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        activeAt = System.nanoTime();
        progressAt = activeAt;
        scheduleCheck(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (nextCheck != null) {
            nextCheck.cancel(false);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        activeAt = System.nanoTime();
        ctx.fireChannelReadComplete();
    }

    private void check(ChannelHandlerContext ctx) {
        long now = System.nanoTime();
        if (Pending.bytes(ctx.channel()) > 0) {
            activeAt = now;
            noteProgress(ctx.channel(), now);
        } else {
            progressAt = now;
        }
        if (stallNanos > 0 && now - progressAt >= stallNanos) {
            CloseReason.WRITE_STALL.close(ctx.channel());
        } else if (idleNanos > 0 && now - activeAt >= idleNanos) {
            CloseReason.IDLE.close(ctx.channel());
        } else {
            scheduleCheck(ctx);
        }
    }

    private void noteProgress(Channel connection, long now) {
        long current = connection instanceof EpollSocketChannel epoll
                ? TcpInfo.acknowledgedBytes(epoll)
                : echo.taken(connection);
        if (current != progress) {
            progress = current;
            progressAt = now;
        }
    }

    /** At the earliest moment at which the connection could be idle, and four times within a write-stall timeout. */
    private void scheduleCheck(ChannelHandlerContext ctx) {
        long untilIdle = idleNanos == 0 ? Long.MAX_VALUE : idleNanos - (System.nanoTime() - activeAt);
        long untilStallCheck = stallNanos == 0 ? Long.MAX_VALUE : stallNanos / 4;
        long delay = Math.max(SHORTEST_CHECK_NANOS, Math.min(untilIdle, untilStallCheck));
        nextCheck = ctx.executor().schedule(() -> check(ctx), delay, TimeUnit.NANOSECONDS);
    }
}
