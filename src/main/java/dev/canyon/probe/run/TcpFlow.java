package dev.canyon.probe.run;

import dev.canyon.probe.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;

/** Messages one after the other on a stream; where one ends is known from their length alone. */
final class TcpFlow extends Flow {

    private final Payload payload;
    private final int size;
    private long sentBytes;
    private long receivedBytes;
    private int answered;
    private int ofTheNext;
    private boolean damaged;

    TcpFlow(int index, Lane lane, RunSpec spec, Payload payload, Runnable whenOver) {
        super(index, lane, spec, whenOver);
        this.payload = payload;
        this.size = spec.messageBytes();
    }

    @Override
    int write(Channel socket, int first, int most) {
        int messages = Math.min(most, payload.length() / size);
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
            lane.tally.error(Outcome.MISMATCH);
            breakOff(ctx);
            return;
        }
        long now = lane.clock.now();
        boolean right = payload.matches(receivedBytes, in, in.readerIndex(), in.readableBytes());
        while (in.isReadable()) {
            int count = Math.min(in.readableBytes(), size - ofTheNext);
            damaged |= !right && !payload.matches(receivedBytes, in, in.readerIndex(), count);
            in.skipBytes(count);
            receivedBytes += count;
            ofTheNext += count;
            if (ofTheNext == size) {
                answered(answered++, damaged, now);
                ofTheNext = 0;
                damaged = false;
            }
        }
    }

    @Override
    void broken(ChannelHandlerContext ctx) {
        breakOff(ctx);
    }
}
