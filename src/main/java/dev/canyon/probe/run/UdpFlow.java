package dev.canyon.probe.run;

import dev.canyon.probe.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.BitSet;

/** A datagram for each message, told apart by their numbers. */
final class UdpFlow extends Flow {

    private final Datagrams datagrams;
    /** One bit for each message: an answer is known for the second of its kind however much later it comes. */
    private final BitSet answered = new BitSet();

    private int latest = -1;

    UdpFlow(int index, Lane lane, RunSpec spec, Payload payload, Runnable whenOver) {
        super(index, lane, spec, whenOver);
        this.datagrams = new Datagrams(spec.messageBytes(), payload);
    }

    @Override
    int write(Channel socket, int first, int most) {
        ByteBuf datagram = socket.alloc().directBuffer(spec.messageBytes(), spec.messageBytes());
        datagrams.write(first, datagram);
        socket.write(datagram, socket.voidPromise());
        return 1;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object datagram) {
        try {
            received(datagram instanceof ByteBufHolder packet ? packet.content() : (ByteBuf) datagram);
        } finally {
            ReferenceCountUtil.release(datagram);
        }
    }

    private void received(ByteBuf datagram) {
        int number = datagrams.numberIn(datagram);
        if (number == Datagrams.UNKNOWN || number >= window.next()) {
            lane.tally.error(Outcome.MISMATCH);
        } else if (answered.get(number)) {
            lane.tally.duplicated.increment();
        } else {
            answered.set(number);
            boolean inTime = answered(number, !datagrams.matches(number, datagram), lane.clock.now());
            order(number, inTime);
        }
    }

    private void order(int number, boolean inTime) {
        if (number > latest) {
            latest = number;
        } else if (inTime) {
            lane.tally.reordered.increment();
        }
    }

    /** That a datagram was refused says nothing of the next. */
    @Override
    void broken(ChannelHandlerContext ctx) {}
}
