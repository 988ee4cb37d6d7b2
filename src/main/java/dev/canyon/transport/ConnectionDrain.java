package dev.canyon.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

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

    /** How long to wait for the peer's FIN after ours. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long deadlineNanos;
    private boolean everRead;
    private boolean readSinceLook;
    private boolean finSent;
    private long lingerUntil;

    private ConnectionDrain(long deadlineNanos) {
        this.deadlineNanos = deadlineNanos;
    }

    /** Does nothing further if the connection is closed already. */
    static void begin(Channel connection, boolean atOnce, long deadlineNanos) {
        if (atOnce) {
            TcpEchoEndpoint.close(connection, CloseReason.DRAIN);
            return;
        }
        TcpEchoEndpoint.becauseOf(connection, CloseReason.DRAIN);
        connection.pipeline().addFirst(new ConnectionDrain(deadlineNanos));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        lookSoon(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        everRead = true;
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
            ctx.close();
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
        if (finSent) {
            if (now - lingerUntil >= 0) {
                ctx.close();
                return;
            }
        } else if (now - deadlineNanos >= 0 || (!readSinceLook && Pending.bytes(ctx.channel()) == 0)) {
            sendFin(ctx, now);
        }
        readSinceLook = false;
        lookSoon(ctx);
    }

    private void sendFin(ChannelHandlerContext ctx, long now) {
        if (!everRead) {
            ctx.close();
            return;
        }
        finSent = true;
        lingerUntil = now + LINGER_NANOS;
        ((SocketChannel) ctx.channel()).shutdownOutput();
        ctx.channel().config().setAutoRead(true);
    }
}
