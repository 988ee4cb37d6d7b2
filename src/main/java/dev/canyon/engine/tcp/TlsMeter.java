package dev.canyon.engine.tcp;

import dev.canyon.engine.kernel.PendingWrites;
import dev.canyon.engine.traffic.EchoLatency;
import dev.canyon.engine.traffic.EndpointCounters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Counts what was decrypted and what will be encrypted. Bytes count as sent once the kernel has accepted the last record that
 * contains them, which only the promise of their write tells.
 */
final class TlsMeter extends Meter {

    private long acceptedWrites;
    private long acceptedBytes;

    TlsMeter(EndpointCounters counters, EchoLatency latency, ReadGate gate, HeldBytes held) {
        super(counters, latency, gate, held);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        int bytes = ((ByteBuf) message).readableBytes();
        if (bytes == 0) {
            ctx.write(message, promise);
            return;
        }
        written(bytes);
        ChannelFutureListener count = accepted -> {
            if (accepted.isSuccess()) {
                acceptedWrites++;
                acceptedBytes += bytes;
                if (!isReading()) {
                    countSent(accepted.channel());
                }
            }
        };
        ctx.write(message, promise.unvoid().addListener(count));
        // Now rather than with the next read event: after the client's close_notify, TLS 1.2 sends nothing that was not
        // encrypted.
        flush(ctx);
        pauseIfPeerDoesNotRead(ctx);
    }

    @Override
    long countSent(Channel connection) {
        if (!isSettled()) {
            countSent(acceptedWrites, acceptedBytes);
            report(PendingWrites.of(connection));
        }
        return writtenBytes() - acceptedBytes;
    }

    /** Does nothing: the promise of each write tells when it was accepted. */
    @Override
    void awaitRest(ChannelHandlerContext ctx) {}

    @Override
    long sentBytes(Channel connection) {
        return acceptedBytes;
    }

    @Override
    long waitingBytes(Channel connection) {
        return isSettled() ? 0 : writtenBytes() - acceptedBytes;
    }
}
