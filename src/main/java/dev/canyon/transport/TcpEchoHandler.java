package dev.canyon.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import org.jspecify.annotations.Nullable;

/**
 * Sends every byte back. One instance per connection, always on that connection's event loop.
 *
 * <p>Netty releases each buffer once it is written. A peer that sends but does not read is stopped by not reading from it
 * any more; reading goes on when it has taken enough.
 *
 * <p>Counts once per turn of the loop, not per read, and without a promise per write: what has been sent is what has been
 * read, less what waits.
 */
final class TcpEchoHandler extends ChannelDuplexHandler {

    private final EndpointCounters counters;
    private final EchoLatency latency;
    private @Nullable InactivityGuard guard;
    private long readBytes;
    private long reads;
    private long activeAt = System.nanoTime();
    private long countedReadBytes;
    private long countedReads;
    private long countedSentBytes;
    private long countedReplies;
    private boolean awaitingRest;

    TcpEchoHandler(EndpointCounters counters, EchoLatency latency) {
        this.counters = counters;
        this.latency = latency;
    }

    /** Watches over the connection with these timeouts from now on. */
    void guard(Channel connection, TcpSettings settings) {
        unguard();
        guard = InactivityGuard.start(connection, this, settings);
    }

    private void unguard() {
        if (guard != null) {
            guard.stop();
            guard = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        reads++;
        readBytes += bytes.readableBytes();
        Channel connection = ctx.channel();
        ctx.write(bytes, connection.voidPromise());
        if (!connection.isWritable()) {
            ctx.flush();
            connection.config().setAutoRead(connection.isWritable());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        activeAt = System.nanoTime();
        long newReads = reads - countedReads;
        counters.received(newReads, readBytes - countedReadBytes, activeAt);
        countedReads = reads;
        countedReadBytes = readBytes;
        ctx.flush();
        // The last turn has only the end of the stream to read.
        if (newReads > 0) {
            latency.flushed(activeAt);
        }
        countSent(ctx);
    }

    private void countSent(ChannelHandlerContext ctx) {
        if (countSent(ctx.channel()) > 0 && !awaitingRest) {
            awaitRest(ctx);
        }
    }

    /**
     * Counts what the kernel has taken by now: to be called before the channel forgets it, when it is closed or its sending
     * side is. On its event loop.
     *
     * @return bytes that wait
     */
    long countSent(Channel connection) {
        ChannelOutboundBuffer waiting = connection.unsafe().outboundBuffer();
        if (waiting == null) {
            return 0;
        }
        Unsent unsent = Unsent.in(waiting);
        counters.sent(reads - unsent.replies - countedReplies, readBytes - unsent.bytes - countedSentBytes);
        countedReplies = reads - unsent.replies;
        countedSentBytes = readBytes - unsent.bytes;
        return unsent.bytes;
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        countSent(ctx.channel());
        ctx.close(promise);
    }

    /** A reply that waits for room in the send buffer is counted when it has left. */
    private void awaitRest(ChannelHandlerContext ctx) {
        awaitingRest = true;
        ChannelFutureListener countRest = left -> {
            awaitingRest = false;
            countSent(ctx);
        };
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(countRest);
    }

    /** What is written but not yet taken by the kernel. */
    private record Unsent(long replies, long bytes) {

        static final Unsent NOTHING = new Unsent(0, 0);

        static Unsent in(ChannelOutboundBuffer waiting) {
            if (waiting.totalPendingWriteBytes() == 0) {
                return NOTHING;
            }
            long[] sum = new long[2];
            try {
                waiting.forEachFlushedMessage(reply -> {
                    int left = ((ByteBuf) reply).readableBytes();
                    sum[0] += left > 0 ? 1 : 0;
                    sum[1] += left;
                    return true;
                });
            } catch (Exception ex) {
                throw new IllegalStateException("replies are buffers", ex);
            }
            return new Unsent(sum[0], sum[1]);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    /** When something last arrived, on the clock of {@link System#nanoTime}. */
    long activeAt() {
        return activeAt;
    }

    long receivedBytes() {
        return readBytes;
    }

    long reads() {
        return reads;
    }

    /** Bytes that wait to be sent; none do once our FIN is sent. */
    long pendingBytes(Channel connection) {
        ChannelOutboundBuffer waiting = connection.unsafe().outboundBuffer();
        return waiting == null ? 0 : Unsent.in(waiting).bytes;
    }

    /** Bytes that the kernel has taken. */
    long sentBytes(Channel connection) {
        boolean open = connection.unsafe().outboundBuffer() != null;
        return open ? readBytes - pendingBytes(connection) : countedSentBytes;
    }

    /** Bytes of this connection's replies that the kernel has taken, give or take Netty's overhead for those waiting. */
    long taken(Channel connection) {
        return readBytes - Pending.bytes(connection);
    }

    /** The peer has sent its FIN and everything before it is read: what waits goes out, then our FIN (RFC 9293, 3.6). */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            ChannelFutureListener close = TcpEchoHandler::closeAfterEverything;
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(close);
        }
        ctx.fireUserEventTriggered(event);
    }

    private static void closeAfterEverything(ChannelFuture lastWrite) {
        CloseReason reason = lastWrite.isSuccess() ? CloseReason.CLIENT : CloseReason.ERROR;
        reason.close(lastWrite.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        unguard();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        CloseReason.ERROR.close(ctx.channel());
    }
}
