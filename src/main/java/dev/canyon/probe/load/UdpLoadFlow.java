package dev.canyon.probe.load;

import dev.canyon.probe.Outcome;
import dev.canyon.probe.spec.RunSpec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.BitSet;

/** One datagram per message, identified by its number. */
final class UdpLoadFlow extends LoadFlow {

    private final LoadDatagrams datagrams;
    /** One bit per message, to detect duplicates however late they arrive. */
    private final BitSet answered = new BitSet();

    private int latest = -1;

    UdpLoadFlow(int index, EventLoopLoad load, RunSpec spec, LoadPayload payload, Runnable onEnd) {
        super(index, load, spec, onEnd);
        this.datagrams = new LoadDatagrams(spec.messageBytes(), payload);
    }

    @Override
    int write(Channel socket, int first, int max) {
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
        if (number == LoadDatagrams.UNKNOWN || number >= window.next()) {
            load.counters.error(Outcome.MISMATCH);
        } else if (answered.get(number)) {
            load.counters.duplicated.increment();
        } else {
            answered.set(number);
            boolean inTime = answered(number, !datagrams.matches(number, datagram), load.clock.now());
            order(number, inTime);
        }
    }

    private void order(int number, boolean inTime) {
        if (number > latest) {
            latest = number;
        } else if (inTime) {
            load.counters.reordered.increment();
        }
    }

    /** Datagrams are independent: the flow continues after an ICMP error. */
    @Override
    void socketFailed(ChannelHandlerContext ctx) {}
}
