package dev.canyon.engine.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.engine.traffic.Observation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UdpRepliesTest {

    private static final int BATCH = 16;
    private static final int EMSGSIZE = 90;
    private static final int ENETUNREACH = 101;
    private static final InetSocketAddress CLIENT_A = new InetSocketAddress("127.0.0.1", 40_001);
    private static final InetSocketAddress CLIENT_B = new InetSocketAddress("127.0.0.1", 40_002);

    private final Observation observation = Observation.by(SocketObserver.NONE);
    private final EmbeddedChannel socket = new EmbeddedChannel(new Link(), new ChannelInboundHandlerAdapter());
    private final ChannelHandlerContext ctx = socket.pipeline().lastContext();
    private final List<ByteBuf> payloads = new ArrayList<>();
    private UdpReplies replies = new UdpReplies(TransportKind.NIO, observation, BATCH);

    /** Accepts messages up to this segment size, and refuses larger ones as the kernel does if they exceed the MTU. */
    private int linkTakes = Integer.MAX_VALUE;

    private int errno = EMSGSIZE;

    private final class Link extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (message instanceof SegmentedDatagramPacket together && together.segmentSize() > linkTakes) {
                ReferenceCountUtil.release(message);
                promise.tryFailure(new Errors.NativeIoException("sendmmsg", -errno));
            } else {
                ctx.write(message, promise);
            }
        }
    }

    @BeforeEach
    void requireSegmentation() {
        assumeThat(TransportKind.EPOLL.isAvailable() && EpollDatagramChannel.isSegmentedDatagramPacketSupported())
                .as("UDP_SEGMENT is not supported")
                .isTrue();
        replies = new UdpReplies(TransportKind.EPOLL, observation, BATCH);
    }

    @AfterEach
    void allBuffersAreReleased() {
        socket.finishAndReleaseAll();
        assertThat(payloads).allSatisfy(payload -> assertThat(payload.refCnt()).isZero());
    }

    @Test
    void eachReplyIsASeparateMessageUnlessTheListenerIsUnderLoad() {
        write(CLIENT_A, 100, 100);
        assertThat(sentNow(BATCH - 1)).containsExactly("100", "100");
        write(CLIENT_A, 100, 100);
        assertThat(sentNow(BATCH)).containsExactly("100", "100");
        write(CLIENT_A, 100, 100);
        assertThat(sentNow(1)).as("after a full batch").containsExactly("200 in 100s");
        write(CLIENT_A, 100, 100);
        assertThat(sentNow(1)).as("no longer under load").containsExactly("100", "100");
    }

    @Test
    void groupsRepliesToOneClientOfOneSizeOfWhichTheLastMayBeSmaller() {
        receiveFullBatch();
        write(CLIENT_A, 100, 100, 40, 100, 100, 101);
        write(CLIENT_B, 101);
        write(CLIENT_A, 101);
        assertThat(sentNow(8)).containsExactly("240 in 100s", "200 in 100s", "101", "101", "101");
    }

    @Test
    void aMessageDoesNotExceedTheMaximumSizeOfADatagram() {
        receiveFullBatch();
        write(CLIENT_A, 30_000, 30_000, 30_000);
        assertThat(sentNow(3)).containsExactly("60000 in 30000s", "30000");
    }

    @Test
    void writesTheGroupBeforeAnyOtherReply() {
        receiveFullBatch();
        write(CLIENT_A, 7, 7);
        assertThat(outbound()).isEmpty();
        replies.writeGroup(ctx);
        assertThat(outbound()).containsExactly("14 in 7s");
    }

    @Test
    void countsSentReplies() {
        receiveFullBatch();
        write(CLIENT_A, 100, 100, 40);
        sentNow(3);
        assertThat(observation.counters().read().sentMessages()).isEqualTo(3);
        assertThat(observation.counters().read().sentBytes()).isEqualTo(240);
    }

    /** A segment must fit the MTU: EINVAL or EMSGSIZE of sendmsg(2). */
    @Test
    void aGroupThatTheKernelRefusesIsSentOneByOneAndItsSizeNotTriedAgain() {
        linkTakes = 1_472;
        receiveFullBatch();
        write(CLIENT_A, 2_000, 2_000, 40);
        assertThat(sentNow(BATCH)).containsExactly("2000", "2000", "40");
        assertThat(observation.counters().read().sentMessages()).isEqualTo(3);
        assertThat(observation.counters().read().dropped()).containsEntry(DropReason.SEND_ERROR, 0L);
        linkTakes = Integer.MAX_VALUE;
        write(CLIENT_A, 2_000, 2_000, 1_400, 1_400);
        assertThat(sentNow(BATCH)).containsExactly("2000", "2000", "2800 in 1400s");
    }

    @Test
    void anErrorUnrelatedToTheSizeDoesNotDisableGroups() {
        linkTakes = 0;
        errno = ENETUNREACH;
        receiveFullBatch();
        write(CLIENT_A, 100, 100);
        assertThat(sentNow(BATCH)).containsExactly("100", "100");
        linkTakes = Integer.MAX_VALUE;
        write(CLIENT_A, 100, 100);
        assertThat(sentNow(BATCH)).containsExactly("200 in 100s");
    }

    @Test
    void eachReplyThatCannotBeSentIsCounted() {
        receiveFullBatch();
        write(CLIENT_A, 100, 100);
        socket.close();
        sentNow(2);
        assertThat(observation.counters().read().dropped()).containsEntry(DropReason.SEND_ERROR, 2L);
        assertThat(observation.counters().read().sentMessages()).isZero();
    }

    private void receiveFullBatch() {
        replies.endBatch(ctx, BATCH);
    }

    private void write(InetSocketAddress to, int... sizes) {
        for (int size : sizes) {
            ByteBuf payload = Unpooled.buffer(size).writeZero(size);
            payloads.add(payload);
            replies.write(ctx, payload, to, null);
        }
    }

    /** Ends a batch of this number of datagrams. @return the messages sent in it */
    private List<String> sentNow(int datagrams) {
        replies.endBatch(ctx, datagrams);
        socket.flush();
        socket.runPendingTasks();
        return outbound();
    }

    private List<String> outbound() {
        List<String> messages = new ArrayList<>();
        socket.flush();
        for (DatagramPacket each = socket.readOutbound(); each != null; each = socket.readOutbound()) {
            String bytes = String.valueOf(each.content().readableBytes());
            messages.add(
                    each instanceof SegmentedDatagramPacket together
                            ? bytes + " in " + together.segmentSize() + "s"
                            : bytes);
            each.release();
        }
        return messages;
    }
}
