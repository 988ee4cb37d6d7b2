package dev.canyon.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of replies into the socket. While the listener is behind, those that follow one another to one client go as one
 * message, which the kernel cuts into datagrams of one size (UDP_SEGMENT, udp(7)): a fifth less processor time. What the
 * client receives is the same.
 *
 * <p>Not otherwise, because until it is cut a message is one packet to those who look at it on this host: to a capture, and to
 * netem(8), which loses or delays it as a whole.
 *
 * <p>One per endpoint, on its event loop.
 */
final class UdpReplies {

    /** The payload of an IPv4 datagram, which a message may not exceed before it is cut either. */
    private static final int LARGEST_MESSAGE = 65_507;

    /** EINVAL, EMSGSIZE: a segment does not fit the link. EIO: the way out cannot make the checksums. */
    private static final Set<Integer> WOULD_NOT_CUT = Set.of(-22, -90, -5);

    private final Observation observation;
    private final EmptyReplies emptyReplies;
    private final int batch;
    private final boolean canSegment;

    /** Larger ones were refused: a segment must fit the link, for the kernel does not fragment what it has cut. */
    private int largestSegment = LARGEST_MESSAGE;

    private boolean behind;

    /** All of one size but for the last, which may be smaller. */
    private final List<ByteBuf> group = new ArrayList<>();

    private @Nullable InetSocketAddress client;
    private int segment;
    private int groupBytes;

    /** @param batch how many datagrams are read at once: when so many came, more are probably waiting */
    UdpReplies(TransportKind kind, Observation observation, int batch) {
        this.observation = observation;
        this.emptyReplies = EmptyReplies.on(kind);
        this.batch = batch;
        this.canSegment = kind == TransportKind.EPOLL && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    }

    /**
     * @param payload not empty; it is released when it has left
     * @param tap wants to be told of this reply when it has left, so it goes alone
     */
    void write(ChannelHandlerContext ctx, ByteBuf payload, InetSocketAddress to, @Nullable UdpTap tap) {
        int bytes = payload.readableBytes();
        if (tap != null || !behind || bytes > largestSegment) {
            writeGroup(ctx);
            ctx.write(new DatagramPacket(payload, to), sent(ctx.channel(), to, payload, tap));
            return;
        }
        if (!follows(to, bytes)) {
            writeGroup(ctx);
            client = to;
            segment = bytes;
        }
        group.add(payload);
        groupBytes += bytes;
    }

    private boolean follows(InetSocketAddress to, int bytes) {
        return !group.isEmpty()
                && bytes <= segment
                && groupBytes == group.size() * segment
                && groupBytes + bytes <= LARGEST_MESSAGE
                && to.equals(client);
    }

    /** Nothing is held back any more: everything is written, though not flushed. */
    void writeGroup(ChannelHandlerContext ctx) {
        InetSocketAddress to = client;
        if (group.isEmpty() || to == null) {
            return;
        }
        if (group.size() == 1) {
            writeOne(ctx, group.get(0), to);
        } else {
            CompositeByteBuf message = Unpooled.compositeBuffer(group.size()).addComponents(true, group);
            ctx.write(
                    new SegmentedDatagramPacket(message, segment, to),
                    new GroupPromise(ctx, message.retain(), segment, to, group.size()));
        }
        group.clear();
        groupBytes = 0;
        client = null;
    }

    /** @param datagrams how many were read */
    void turnEnds(ChannelHandlerContext ctx, int datagrams) {
        writeGroup(ctx);
        behind = canSegment && datagrams >= batch;
    }

    private void writeOne(ChannelHandlerContext ctx, ByteBuf payload, InetSocketAddress to) {
        ctx.write(new DatagramPacket(payload, to), sent(ctx.channel(), to, payload, null));
    }

    /** A datagram without payload, after everything written before it. @return null, or why it was not sent */
    @Nullable
    DropReason writeEmpty(ChannelHandlerContext ctx, InetSocketAddress to, @Nullable UdpTap tap) {
        writeGroup(ctx);
        return emptyReplies.send(ctx, to, sent(ctx.channel(), to, Unpooled.EMPTY_BUFFER, tap));
    }

    private SentPromise sent(Channel socket, InetSocketAddress to, ByteBuf payload, @Nullable UdpTap tap) {
        return tap == null
                ? new SentPromise(socket, observation, to, 1, payload.readableBytes())
                : tap.reply(socket, observation, payload);
    }

    /** Sends a group that the kernel would not take once more, one by one. */
    private final class GroupPromise extends SentPromise {

        private final ChannelHandlerContext ctx;
        private final ByteBuf message;
        private final int segment;
        private final InetSocketAddress to;

        GroupPromise(ChannelHandlerContext ctx, ByteBuf message, int segment, InetSocketAddress to, int datagrams) {
            super(ctx.channel(), observation, to, datagrams, message.readableBytes());
            this.ctx = ctx;
            this.message = message;
            this.segment = segment;
            this.to = to;
        }

        @Override
        public boolean trySuccess(@Nullable Void result) {
            boolean first = super.trySuccess(result);
            if (first) {
                message.release();
            }
            return first;
        }

        @Override
        void notSent(Throwable cause) {
            if (cause instanceof Errors.NativeIoException io && WOULD_NOT_CUT.contains(io.expectedErr())) {
                largestSegment = Math.min(largestSegment, segment - 1);
            }
            while (message.isReadable()) {
                writeOne(ctx, message.readRetainedSlice(Math.min(segment, message.readableBytes())), to);
            }
            message.release();
            // In the midst of a flush, another one does nothing.
            ctx.channel().eventLoop().execute(ctx::flush);
        }
    }
}
