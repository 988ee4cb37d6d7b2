package dev.canyon.probe.load;

import dev.canyon.probe.Outcome;
import dev.canyon.probe.spec.RunSpec;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;

/** Messages of fixed length on a TCP stream. */
final class TcpLoadFlow extends LoadFlow {

    private final LoadPayload payload;
    private final int size;
    private long sentBytes;
    private long receivedBytes;
    private int answered;
    private int bytesOfNext;
    private boolean corrupted;

    TcpLoadFlow(int index, EventLoopLoad load, RunSpec spec, LoadPayload payload, Runnable onEnd) {
        super(index, load, spec, onEnd);
        this.payload = payload;
        this.size = spec.messageBytes();
    }

    @Override
    int write(Channel socket, int first, int max) {
        int messages = Math.min(max, payload.length() / size);
        socket.write(payload.slice(sentBytes, messages * size), socket.voidPromise());
        sentBytes += (long) messages * size;
        return messages;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        try {
            received((ByteBuf) bytes, ctx);
        } finally {
            ReferenceCountUtil.release(bytes);
        }
    }

    private void received(ByteBuf in, ChannelHandlerContext ctx) {
        if (receivedBytes + in.readableBytes() > sentBytes) {
            load.counters.error(Outcome.MISMATCH);
            abort(ctx);
            return;
        }
        long now = load.clock.now();
        boolean correct = payload.matches(receivedBytes, in, in.readerIndex(), in.readableBytes());
        while (in.isReadable()) {
            int count = Math.min(in.readableBytes(), size - bytesOfNext);
            corrupted |= !correct && !payload.matches(receivedBytes, in, in.readerIndex(), count);
            in.skipBytes(count);
            receivedBytes += count;
            bytesOfNext += count;
            if (bytesOfNext == size) {
                answered(answered++, corrupted, now);
                bytesOfNext = 0;
                corrupted = false;
            }
        }
    }

    @Override
    void socketFailed(ChannelHandlerContext ctx) {
        abort(ctx);
    }
}
