package dev.canyon.engine.tcp;

import dev.canyon.engine.kernel.PendingWrites;
import dev.canyon.engine.peer.PauseReason;
import dev.canyon.engine.traffic.EchoLatency;
import dev.canyon.engine.traffic.EndpointCounters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;

/**
 * Counts, next to the socket or (see {@link TlsMeter}) behind TLS, what was read and what the kernel has accepted, and pauses reading while the peer does not read
 * its replies. One instance per connection, on that connection's event loop.
 *
 * <p>Counts once per read event, or per flush outside of one, and without a promise per write: the kernel has accepted what was
 * flushed less what still waits. If a write fails, Netty discards its outbound buffer, so what the kernel accepted since the last
 * count is not counted.
 */
class Meter extends ChannelDuplexHandler {

    private final EndpointCounters counters;
    private final EchoLatency latency;
    private final ReadGate gate;
    private final HeldBytes held;
    private long activeAt = System.nanoTime();
    private long reads;
    private long readBytes;
    private long countedReads;
    private long countedReadBytes;
    private long writes;
    private long writtenBytes;
    private long flushedWrites;
    private long flushedBytes;
    private long countedSentWrites;
    private long countedSentBytes;
    private long discardedBytes;
    private long addedBytes;
    private boolean settled;
    private boolean reading;
    private boolean awaitingRest;
    /** Whether the account of held bytes has to hear of the next change. */
    private boolean holds;

    Meter(EndpointCounters counters, EchoLatency latency, ReadGate gate, HeldBytes held) {
        this.counters = counters;
        this.latency = latency;
        this.gate = gate;
        this.held = held;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = true;
        reads++;
        readBytes += ((ByteBuf) message).readableBytes();
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        activeAt = System.nanoTime();
        long newReads = countReceived();
        if (settled) {
            // A transport may deliver what it has read after the socket was closed.
            settle();
        }
        // Replies are written and flushed in this call.
        ctx.fireChannelReadComplete();
        // The last event reads only end of stream.
        if (newReads > 0) {
            latency.flushed(activeAt);
        }
        reading = false;
        countSentAndAwaitRest(ctx);
    }

    /** @return the number of reads that had not been counted */
    private long countReceived() {
        long newReads = reads - countedReads;
        if (newReads > 0) {
            counters.received(newReads, readBytes - countedReadBytes, activeAt);
            countedReads = reads;
            countedReadBytes = readBytes;
        }
        return newReads;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownReadComplete.INSTANCE) {
            gate.end();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        int bytes = ((ByteBuf) message).readableBytes();
        if (bytes > 0) {
            written(bytes);
        }
        ctx.write(message, promise);
        pauseIfPeerDoesNotRead(ctx);
    }

    final void written(int bytes) {
        writes++;
        writtenBytes += bytes;
    }

    /** Once per pause, since a flush counts everything that waits. */
    final void pauseIfPeerDoesNotRead(ChannelHandlerContext ctx) {
        if (!ctx.channel().isWritable() && !gate.isPausedFor(PauseReason.BACK_PRESSURE)) {
            flush(ctx);
            if (!ctx.channel().isWritable()) {
                gate.pause(PauseReason.BACK_PRESSURE);
            }
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        flushing();
        ctx.flush();
        // Within a read event, channelReadComplete counts once for all flushes.
        if (!reading) {
            countSentAndAwaitRest(ctx);
        }
    }

    /** A flush is about to include all writes so far. */
    private void flushing() {
        flushedWrites = writes;
        flushedBytes = writtenBytes;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            gate.resume(PauseReason.BACK_PRESSURE);
        }
        ctx.fireChannelWritabilityChanged();
    }

    private void countSentAndAwaitRest(ChannelHandlerContext ctx) {
        if (countSent(ctx.channel()) > 0 && !awaitingRest) {
            awaitRest(ctx);
        }
    }

    /**
     * Counts what the kernel has accepted. Must be called before the channel or its sending side is closed, because Netty then
     * discards its outbound buffer.
     *
     * @return the bytes that wait to be accepted
     */
    long countSent(Channel connection) {
        ChannelOutboundBuffer waiting = connection.unsafe().outboundBuffer();
        if (waiting == null) {
            holds = false;
            held.report(PendingWrites.NONE);
            return 0;
        }
        PendingWrites pending = PendingWrites.of(waiting);
        countSent(flushedWrites - pending.messages(), flushedBytes - pending.bytes());
        report(pending);
        return pending.bytes();
    }

    /** @param sentWrites all that the kernel has accepted so far */
    final void countSent(long sentWrites, long sentBytes) {
        counters.sent(sentWrites - countedSentWrites, sentBytes - countedSentBytes);
        countedSentWrites = sentWrites;
        countedSentBytes = sentBytes;
    }

    /** A peer that keeps up leaves the account untouched. */
    final void report(PendingWrites pending) {
        if (holds || pending.messages() > 0) {
            holds = pending.messages() > 0;
            held.report(pending);
        }
    }

    final boolean isReading() {
        return reading;
    }

    final boolean isSettled() {
        return settled;
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        countSent(ctx.channel());
        ctx.close(promise);
    }

    /** Data that waits for space in the send buffer is counted once the kernel has accepted it. */
    void awaitRest(ChannelHandlerContext ctx) {
        awaitingRest = true;
        flushing();
        ChannelFutureListener countRest = accepted -> {
            awaitingRest = false;
            countSentAndAwaitRest(ctx);
        };
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(countRest);
    }

    /** Received bytes are never answered. Does nothing once the account is settled, which includes them. */
    void discarded(long bytes) {
        if (!settled) {
            countDiscarded(bytes);
        }
    }

    private void countDiscarded(long bytes) {
        discardedBytes += bytes;
        counters.discarded(bytes);
    }

    /**
     * Bytes are sent that were not received. A connection that sends them is not idle. Does nothing once the account is settled: they are
     * not sent.
     */
    void added(long bytes) {
        if (!settled) {
            activeAt = System.nanoTime();
            addedBytes += bytes;
            counters.added(0, bytes);
        }
    }

    /**
     * Counts as discarded what was received and neither sent nor discarded before, because the connection is closed. Then {@code
     * received = sent - added + discarded} holds.
     */
    void settle() {
        settled = true;
        countReceived();
        countDiscarded(readBytes + addedBytes - countedSentBytes - discardedBytes);
    }

    long discardedBytes() {
        return discardedBytes;
    }

    long addedBytes() {
        return addedBytes;
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

    /** Bytes that handlers have written, accepted by the kernel or not. */
    long writtenBytes() {
        return writtenBytes;
    }

    /** Bytes that the kernel has accepted. */
    long sentBytes(Channel connection) {
        ChannelOutboundBuffer waiting = connection.unsafe().outboundBuffer();
        return waiting == null
                ? countedSentBytes
                : flushedBytes - PendingWrites.of(waiting).bytes();
    }

    /** Bytes that handlers have written and the kernel has not accepted. */
    long waitingBytes(Channel connection) {
        return PendingWrites.of(connection).bytes();
    }

    /** Grows when the kernel accepts bytes; only comparable with an earlier value, because it includes Netty's overhead. */
    long progress(Channel connection) {
        return writtenBytes - PendingWrites.bytes(connection);
    }
}
