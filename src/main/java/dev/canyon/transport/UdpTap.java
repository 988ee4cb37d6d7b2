package dev.canyon.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A tap that is open, for one datagram: told that it has come, and later of the reply.
 *
 * @param flow of the datagram and of its reply
 */
record UdpTap(Tap tap, Flow flow) {

    /** Tells of a datagram that has come. @return null if nobody is to be told */
    static @Nullable UdpTap received(TapPoint point, Channel socket, InetSocketAddress source, ByteBuf payload) {
        Tap tap = point.open();
        if (tap == null) {
            return null;
        }
        Flow flow = Flow.ofDatagrams((InetSocketAddress) socket.localAddress(), source);
        tap.received(flow, payload.nioBuffer().asReadOnlyBuffer());
        return new UdpTap(tap, flow);
    }

    /** Stands in for the promise of the reply. */
    SentPromise reply(Channel socket, Observation observation, ByteBuf payload) {
        // A promise of an empty reply may never be kept, so it must hold nothing.
        return new Reply(socket, observation, payload.isReadable() ? payload.retain() : Unpooled.EMPTY_BUFFER);
    }

    /** Holds the payload until the kernel has it, and tells then. */
    private final class Reply extends SentPromise {

        private final ByteBuf payload;

        Reply(Channel socket, Observation observation, ByteBuf payload) {
            super(socket, observation, flow.remote(), 1, payload.readableBytes());
            this.payload = payload;
        }

        @Override
        public boolean trySuccess(@Nullable Void result) {
            boolean first = super.trySuccess(result);
            if (first) {
                tap.sent(flow, payload.nioBuffer().asReadOnlyBuffer());
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
