package dev.canyon.probe.load;

import dev.canyon.dial.EventLoopTls;
import dev.canyon.dial.tls.ClientTls;
import dev.canyon.dial.tls.TlsFailedException;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.spec.RunSpec;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** Messages of fixed length on a TCP stream, plain or over TLS. */
final class TcpLoadFlow extends LoadFlow {

    private final LoadPayload payload;
    private final int size;
    private final @Nullable ClientTls clientTls;
    private volatile @Nullable EventLoopTls tls;
    private final HandshakeMeter handshakes;
    private long connectedAt;
    private long sentBytes;
    private long receivedBytes;
    private int answered;
    private int bytesOfNext;
    private boolean corrupted;

    /** @param clientTls of the connection; null for plain text */
    TcpLoadFlow(
            int index,
            EventLoopLoad load,
            RunSpec spec,
            LoadPayload payload,
            @Nullable ClientTls clientTls,
            HandshakeMeter handshakes,
            Runnable onEnd) {
        super(index, load, spec, onEnd);
        this.payload = payload;
        this.size = spec.messageBytes();
        this.clientTls = clientTls;
        this.handshakes = handshakes;
    }

    /** Only now: thousands of connections that wait would occupy memory. */
    @Override
    @Nullable
    EventLoopTls newTls() {
        tls = clientTls == null ? null : new EventLoopTls(clientTls.begin(), spec.timeout());
        return tls;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connectedAt = System.nanoTime();
    }

    @Override
    void opened(Channel socket) {
        EventLoopTls used = tls;
        if (used != null) {
            String protocol = used.handshake().report().protocol();
            handshakes.completed(String.valueOf(protocol), System.nanoTime() - connectedAt);
        }
        super.opened(socket);
    }

    @Override
    Outcome outcomeOf(Throwable thrown) {
        EventLoopTls used = tls;
        Throwable cause = used == null ? thrown : used.explain(thrown);
        if (cause instanceof TlsFailedException failure) {
            handshakes.failed(failure);
        }
        return super.outcomeOf(cause);
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
