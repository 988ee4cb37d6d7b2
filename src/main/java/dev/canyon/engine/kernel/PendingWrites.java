package dev.canyon.engine.kernel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * Data that was flushed to a channel and not yet accepted by the kernel.
 *
 * @param messages buffers with remaining bytes
 * @param bytes remaining payload bytes
 * @param memory capacity of these buffers, which are retained until their last byte is accepted
 */
public record PendingWrites(long messages, long bytes, long memory) {

    public static final PendingWrites NONE = new PendingWrites(0, 0, 0);

    /** On the channel's event loop. */
    public static PendingWrites of(Channel channel) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? NONE : of(waiting);
    }

    /** On the channel's event loop. */
    public static PendingWrites of(ChannelOutboundBuffer waiting) {
        if (waiting.totalPendingWriteBytes() == 0) {
            return NONE;
        }
        long[] sum = new long[3];
        try {
            waiting.forEachFlushedMessage(message -> {
                int left = ((ByteBuf) message).readableBytes();
                sum[0] += left > 0 ? 1 : 0;
                sum[1] += left;
                sum[2] += left > 0 ? ((ByteBuf) message).capacity() : 0;
                return true;
            });
        } catch (Exception ex) {
            throw new IllegalStateException("TCP connections write buffers", ex);
        }
        return new PendingWrites(sum[0], sum[1], sum[2]);
    }

    /**
     * Bytes written but not yet accepted by the kernel, including Netty's overhead for each message; 0 once the sending side is
     * closed. May be called from any thread.
     */
    public static long bytes(Channel channel) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }
}
