package dev.canyon.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends one connection without losing what has arrived: it echoes until a look at the socket finds nothing more to read
 * or to send, sends FIN, and reads off what still comes until the peer's FIN. Closing a socket with unread input would
 * send RST, and RST can destroy the tail of our reply on its way (RFC 9293, 3.6.1; RFC 2525, 2.17).
 *
 * <p>Added to a pipeline when the drain begins; on that connection's event loop.
 */
final class ConnectionDrain extends ChannelInboundHandlerAdapter {

    /** Between two looks. The loop polls every socket in between, so bytes that wait in the kernel are noticed. */
    private static final long LOOK_EVERY_MILLIS = 25;

    /** A sender that is held up for a moment is not one that has finished. */
    private static final int QUIET_LOOKS = 2;

    /** How long to wait for the peer's FIN after ours, and after what still came then; not beyond the deadline. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private LongSupplier deadlineNanos;
    private boolean readSinceLook;
    private int quietLooks;
    private boolean finSent;
    private long finSentAt;
    private long lastReadAt;

    private ConnectionDrain(LongSupplier deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    /** @param deadlineNanos when to cut off, on the clock of {@link System#nanoTime}; it may move closer meanwhile */
    static void begin(Channel connection, boolean atOnce, LongSupplier deadlineNanos) {
        if (atOnce) {
            CloseReason.DRAIN.close(connection);
            return;
        }
        CloseReason.DRAIN.note(connection);
        begin(connection, deadlineNanos);
    }

    /** The same for a reason that the caller has noted. A drain that is under way can only become shorter. */
    static void begin(Channel connection, LongSupplier deadlineNanos) {
        connection.eventLoop().execute(() -> {
            ConnectionDrain underWay = connection.pipeline().get(ConnectionDrain.class);
            if (underWay == null) {
                connection.pipeline().addFirst(new ConnectionDrain(deadlineNanos));
            } else {
                underWay.shorten(deadlineNanos);
            }
        });
    }

    private void shorten(LongSupplier other) {
        LongSupplier before = deadlineNanos;
        deadlineNanos = () -> {
            long left = before.getAsLong();
            long right = other.getAsLong();
            return left - right < 0 ? left : right;
        };
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        lookSoon(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        readSinceLook = true;
        if (finSent) {
            ReferenceCountUtil.release(bytes);
        } else {
            ctx.fireChannelRead(bytes);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (finSent && event == ChannelInputShutdownReadComplete.INSTANCE) {
            ctx.channel().close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void lookSoon(ChannelHandlerContext ctx) {
        ctx.executor().schedule(() -> look(ctx), LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            return;
        }
        long now = System.nanoTime();
        if (readSinceLook) {
            lastReadAt = now;
        }
        if (finSent) {
            if (hasLingered(now)) {
                ctx.channel().close();
                return;
            }
        } else if (now - deadlineNanos.getAsLong() >= 0 || isQuiet(ctx.channel())) {
            sendFin(ctx, now);
        }
        readSinceLook = false;
        lookSoon(ctx);
    }

    private boolean hasLingered(long now) {
        long since = now - deadlineNanos.getAsLong() < 0 ? lastReadAt : finSentAt;
        return now - since >= LINGER_NANOS;
    }

    private boolean isQuiet(Channel connection) {
        quietLooks = readSinceLook || Pending.bytes(connection) > 0 ? 0 : quietLooks + 1;
        return quietLooks >= QUIET_LOOKS;
    }

    private void sendFin(ChannelHandlerContext ctx, long now) {
        TcpEchoHandler echo = ctx.pipeline().get(TcpEchoHandler.class);
        if (echo != null && echo.receivedBytes() == 0) {
            // There is no reply that could get lost.
            ctx.channel().close();
            return;
        }
        if (echo != null) {
            echo.countSent(ctx.channel());
        }
        finSent = true;
        finSentAt = now;
        lastReadAt = now;
        ((SocketChannel) ctx.channel()).shutdownOutput();
        ctx.channel().config().setAutoRead(true);
    }
}
