package dev.canyon.engine.udp;

import dev.canyon.engine.fault.Markable;
import dev.canyon.engine.peer.Flow;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.engine.traffic.Tap;
import dev.canyon.engine.traffic.TapPoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An open tap, for one datagram and its reply. */
final class UdpTap {

    private final Tap tap;
    private final Flow flow;
    private final Markable received;
    private List<String> faults;

    /**
     * @param flow of the datagram and of its reply
     * @param faults applied to it so far; not modified
     */
    private UdpTap(Tap tap, Flow flow, Markable received, List<String> faults) {
        this.tap = tap;
        this.flow = flow;
        this.received = received;
        this.faults = faults;
    }

    /** Reports a received datagram. @return null if no tap is open */
    static @Nullable UdpTap received(TapPoint point, Channel socket, InetSocketAddress source, ByteBuf payload) {
        Tap tap = point.open();
        if (tap == null) {
            return null;
        }
        Flow flow = Flow.ofDatagrams((InetSocketAddress) socket.localAddress(), source);
        return new UdpTap(tap, flow, tap.received(flow, payload.nioBuffer().asReadOnlyBuffer()), List.of());
    }

    /** For another reply to the same datagram. */
    UdpTap copy() {
        return new UdpTap(tap, flow, received, faults);
    }

    /** A fault was applied to the datagram. */
    void mark(String faultId) {
        faults = Stream.concat(faults.stream(), Stream.of(faultId)).toList();
    }

    /** There will be no reply: notes the faults on the datagram that was received. */
    void dropped() {
        faults.forEach(received::mark);
    }

    /** Returns the promise of the reply, which reports it. */
    SentPromise reply(Channel socket, Observation observation, ByteBuf payload) {
        // The promise of an empty reply may never complete, so it must not retain a buffer.
        return new Reply(socket, observation, payload.isReadable() ? payload.retain() : Unpooled.EMPTY_BUFFER);
    }

    /** Retains the payload until the kernel has accepted it, and reports it. */
    private final class Reply extends SentPromise {

        private final ByteBuf payload;
        private final List<String> applied = faults;

        Reply(Channel socket, Observation observation, ByteBuf payload) {
            super(socket, observation, flow.remote(), 1, payload.readableBytes());
            this.payload = payload;
        }

        @Override
        public boolean trySuccess(@Nullable Void result) {
            boolean first = super.trySuccess(result);
            if (first) {
                tap.sent(flow, payload.nioBuffer().asReadOnlyBuffer(), applied);
                payload.release();
            }
            return first;
        }

        @Override
        public boolean tryFailure(Throwable cause) {
            boolean first = super.tryFailure(cause);
            if (first) {
                payload.release();
            }
            return first;
        }
    }
}
