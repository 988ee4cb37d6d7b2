package dev.canyon.engine.udp;

import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.traffic.Observation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
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
 * Writes replies to the socket. Under load, consecutive replies to one client are written as one message, which the kernel splits
 * into datagrams of one size (UDP_SEGMENT, udp(7)). This takes a fifth less processor time; the client receives the same
 * datagrams.
 *
 * <p>Only under load, because until it is split a message is a single packet to captures on this host and to netem(8), which
 * loses or delays it as a whole.
 *
 * <p>One instance per endpoint, on its event loop.
 */
final class UdpReplies {

    /** The payload of an IPv4 datagram, which a message may not exceed before it is split either. */
    private static final int LARGEST_MESSAGE = 65_507;

    /** EINVAL, EMSGSIZE: a segment exceeds the MTU. EIO: the network device cannot compute the checksums. */
    private static final Set<Integer> SEGMENTATION_ERRORS = Set.of(-22, -90, -5);

    private final Observation observation;
    private final EmptyReplies emptyReplies;
    private final int batch;
    private final boolean canSegment;

    /** Larger segments were rejected: a segment must fit the MTU, because the kernel does not fragment segments. */
    private int largestSegment = LARGEST_MESSAGE;

    private boolean underLoad;

    /** All of the same size, except that the last one may be smaller. */
    private final List<ByteBuf> group = new ArrayList<>();

    private @Nullable InetSocketAddress client;
    private int segment;
    private int groupBytes;

    /** @param batch the number of datagrams in a full batch, after which more are probably waiting */
    UdpReplies(TransportKind kind, Observation observation, int batch) {
        this.observation = observation;
        this.emptyReplies = EmptyReplies.on(kind);
        this.batch = batch;
        this.canSegment = kind == TransportKind.EPOLL && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    }

    /**
     * Writes a reply, unless earlier ones wait.
     *
     * @param payload is retained until it was sent
     * @param tap to be notified once this reply was sent
     * @param ownBuffer whether the payload does not retain the buffer of a batch, so that it may wait
     * @return null, or the reason why it was not sent
     */
    @Nullable
    DropReason reply(
            ChannelHandlerContext ctx, ByteBuf payload, InetSocketAddress to, @Nullable UdpTap tap, boolean ownBuffer) {
        Channel socket = ctx.channel();
        if (!socket.isWritable()) {
            writeGroup(ctx);
            ctx.flush();
        }
        if (ownBuffer ? !socket.isWritable() : areWaiting(socket)) {
            return DropReason.QUEUE_FULL;
        }
        if (payload.isReadable()) {
            write(ctx, payload.retain(), to, tap);
            return null;
        }
        return writeEmpty(ctx, to, tap);
    }

    /**
     * Whether flushed replies still wait. Each of them retains the whole buffer of its batch, so no further reply is added.
     */
    static boolean areWaiting(Channel socket) {
        ChannelOutboundBuffer waiting = socket.unsafe().outboundBuffer();
        return waiting == null || waiting.size() > 0;
    }

    /**
     * @param payload not empty; released once it was sent
     * @param tap to be notified once this reply was sent, which is therefore written separately
     */
    void write(ChannelHandlerContext ctx, ByteBuf payload, InetSocketAddress to, @Nullable UdpTap tap) {
        int bytes = payload.readableBytes();
        if (tap != null || !underLoad || bytes > largestSegment) {
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

    /** Writes the replies that are held back, without flushing. */
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

    /** @param datagrams the number read in the batch */
    void endBatch(ChannelHandlerContext ctx, int datagrams) {
        writeGroup(ctx);
        underLoad = canSegment && datagrams >= batch;
    }

    private void writeOne(ChannelHandlerContext ctx, ByteBuf payload, InetSocketAddress to) {
        ctx.write(new DatagramPacket(payload, to), sent(ctx.channel(), to, payload, null));
    }

    /** Writes a datagram without payload after all previous replies. @return null, or the reason why it was not sent */
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

    /** Sends the datagrams of a group that the kernel rejected again, one by one. */
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
            if (cause instanceof Errors.NativeIoException io && SEGMENTATION_ERRORS.contains(io.expectedErr())) {
                largestSegment = Math.min(largestSegment, segment - 1);
            }
            while (message.isReadable()) {
                writeOne(ctx, message.readRetainedSlice(Math.min(segment, message.readableBytes())), to);
            }
            message.release();
            // A flush within a flush has no effect.
            ctx.channel().eventLoop().execute(ctx::flush);
        }
    }
}
