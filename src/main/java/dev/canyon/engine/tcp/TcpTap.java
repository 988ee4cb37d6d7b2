package dev.canyon.engine.tcp;

import dev.canyon.engine.fault.stream.Marks;
import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.Flow;
import dev.canyon.engine.traffic.Tap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.socket.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports to a tap what a connection receives and sends. In the pipeline only while the tap is open, see {@link
 * Pipeline.Slot#TAP}. Bytes read before the tap was added are not reported; nor are their replies.
 */
final class TcpTap extends ChannelDuplexHandler {

    private final Tap tap;
    private final Flow flow;
    private Marks passing = Marks.NONE;
    private boolean reset;

    TcpTap(Tap tap, Flow flow) {
        this.tap = tap;
        this.flow = flow;
    }

    boolean reportsTo(Tap other) {
        return tap.equals(other);
    }

    /** The marks of the bytes that pass the connection at present: just received, or about to be written. */
    Marks passing() {
        return passing;
    }

    void passing(Marks marks) {
        passing = marks;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        passing = Marks.of(tap.received(flow, ((ByteBuf) message).nioBuffer().asReadOnlyBuffer()));
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ByteBuf bytes = (ByteBuf) message;
        ctx.write(bytes, bytes.isReadable() ? new Reply(ctx.channel(), bytes.retain(), promise) : promise);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        // Read before the close, because a closed socket has no options; writes that fail as a result may close it
        // again.
        reset |= ctx.channel().isOpen()
                && ((SocketChannel) ctx.channel()).config().getSoLinger() == 0;
        ctx.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        CloseReason reason = CloseReason.of(ctx.channel());
        tap.closed(flow, reason, reset || reason == CloseReason.ERROR);
        ctx.fireChannelInactive();
    }

    /** Replaces the promise of a write, retains its bytes until the kernel has accepted them, and reports them. */
    private final class Reply extends DefaultChannelPromise {

        private final ByteBuf bytes;
        private final int from;
        private final int length;
        private final List<String> faults = passing.faults();
        private final ChannelPromise original;

        Reply(Channel channel, ByteBuf bytes, ChannelPromise original) {
            super(channel);
            this.bytes = bytes;
            this.from = bytes.readerIndex();
            this.length = bytes.readableBytes();
            this.original = original;
        }

        @Override
        public boolean trySuccess(@Nullable Void result) {
            boolean completed = super.trySuccess(result);
            if (completed) {
                report(length);
                original.trySuccess();
            }
            return completed;
        }

        @Override
        public boolean tryFailure(Throwable cause) {
            boolean completed = super.tryFailure(cause);
            if (completed) {
                // Netty advances the index over the part of a buffer that the kernel has accepted.
                report(bytes.readerIndex() - from);
                original.tryFailure(cause);
            }
            return completed;
        }

        private void report(int accepted) {
            if (accepted > 0) {
                tap.sent(flow, bytes.nioBuffer(from, accepted).asReadOnlyBuffer(), faults);
            }
            bytes.release();
        }
    }
}
