package dev.canyon.engine.reply.datagram;

import dev.canyon.engine.fault.DueQueue;
import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.reply.Delayed;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;

/** Sends each datagram back when it asks for it. */
final class Delaying extends DatagramReply {

    /** Bounds the memory that very short datagrams cost besides their bytes. */
    private static final int MAX_HELD = 16_384;

    private final Delayed delayed;
    private final SourceShares shares = new SourceShares(MAX_HELD, AnsweredDatagrams.MAX_HELD_BYTES);
    private final DueQueue<Datagram> held;

    Delaying(AnsweredDatagrams endpoint, Delayed delayed) {
        super(endpoint);
        this.delayed = delayed;
        this.held = new DueQueue<>(endpoint.loop(), this::leave, endpoint::flush);
    }

    @Override
    public void datagram(Datagram datagram) {
        long delay = delayOf(datagram.payload());
        int bytes = datagram.payload().readableBytes();
        InetAddress source = datagram.source().getAddress();
        if (delay == 0) {
            forward(datagram);
        } else if (held.size() >= MAX_HELD || !shares.hasRoom(source, bytes)) {
            endpoint().dropQueueFull(datagram);
        } else if (endpoint().hold(datagram)) {
            shares.add(source, bytes);
            held.add(datagram, System.nanoTime() + delay);
        }
    }

    private long delayOf(ByteBuf payload) {
        return payload.readableBytes() < Delayed.DELAY_BYTES ? 0 : delayed.nanos(payload.getInt(payload.readerIndex()));
    }

    private void leave(Datagram datagram) {
        shares.remove(datagram.source().getAddress(), datagram.payload().readableBytes());
        endpoint().unhold(datagram);
        forward(datagram);
    }

    @Override
    public void release() {
        held.drain().forEach(this::leave);
    }
}
