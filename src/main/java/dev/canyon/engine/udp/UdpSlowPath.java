package dev.canyon.engine.udp;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.fault.FaultPlan;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.fault.datagram.DatagramChain;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.ExpectedPeers;
import dev.canyon.engine.reply.Delayed;
import dev.canyon.engine.reply.Reply;
import dev.canyon.engine.reply.ReplySettings;
import dev.canyon.engine.reply.datagram.AnsweredDatagrams;
import dev.canyon.engine.reply.datagram.DatagramReply;
import dev.canyon.engine.traffic.ByteBudget;
import dev.canyon.engine.traffic.Observation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of datagrams that need more than an echo: through the faults of an endpoint and what answers them. While no fault is in
 * force and the answer is the echo, no datagram passes here.
 *
 * <p>One instance per endpoint, on its event loop.
 */
final class UdpSlowPath implements AnsweredDatagrams {

    /** Of one received datagram: what an event loop sends at once without making others wait. */
    private static final int MAX_COPIES = 1_000;

    private final FaultPoint point;
    private final Observation observation;
    private final EventLoop loop;
    private final ByteBudget budget;
    private final UdpReplies replies;
    private final BooleanSupplier mayAmplify;
    private final Supplier<EndpointSpec> spec;
    private final ExpectedPeers expectedPeers;
    private final DatagramChain chain = new DatagramChain(this, datagram -> send((Passing) datagram));
    private @Nullable FaultPlan applied;
    private Reply answering = ReplySettings.ECHO.reply();
    private boolean engaged;
    private boolean ended;
    private long heldBytes;
    private @Nullable ChannelHandlerContext unflushed;

    /** @param mayAmplify whether more may be sent to a client than it has sent */
    UdpSlowPath(
            Observation observation,
            EventLoop loop,
            ByteBudget budget,
            UdpReplies replies,
            BooleanSupplier mayAmplify,
            Supplier<EndpointSpec> spec,
            ExpectedPeers expectedPeers) {
        this.point = observation.faults();
        this.observation = observation;
        this.loop = loop;
        this.budget = budget;
        this.replies = replies;
        this.mayAmplify = mayAmplify;
        this.spec = spec;
        this.expectedPeers = expectedPeers;
    }

    /** Whether datagrams may pass by. */
    boolean isIdle() {
        return point.plan() == null && !engaged;
    }

    /** The faults apply to the datagrams of sockets that are opened after this call. To be called while none is open. */
    void begin() {
        ended = false;
    }

    /** Applies the faults that are in force now, and the reply of the specification. */
    void update() {
        FaultPlan plan = ended ? null : point.plan();
        if (!Objects.equals(plan, applied)) {
            applied = plan;
            chain.update(plan == null ? List.of() : plan.faults());
        }
        Reply reply = spec.get().replies().reply();
        // Delayed replies leave early.
        answerBy(ended && reply instanceof Delayed ? ReplySettings.ECHO.reply() : reply);
    }

    private void answerBy(Reply reply) {
        if (!reply.equals(answering)) {
            answering = reply;
            chain.answerBy(DatagramReply.of(reply, this));
        }
        engaged = applied != null || !answering.equals(ReplySettings.ECHO.reply());
    }

    /** Sends everything that is held back, because the sockets close. Until then, datagrams are answered without faults. */
    void end() {
        ended = true;
        update();
    }

    /** Passes a datagram that the guards admit. */
    void pass(ChannelHandlerContext ctx, ByteBuf payload, InetSocketAddress source, @Nullable UdpTap tap) {
        update();
        chain.datagram(new Passing(ctx, payload.retainedSlice(), source, tap, new int[1]));
    }

    private void send(Passing datagram) {
        ChannelHandlerContext ctx = datagram.ctx;
        if (unflushed != null && !unflushed.equals(ctx)) {
            flush();
        }
        unflushed = ctx;
        if (UdpReplies.areWaiting(ctx.channel())) {
            datagram.keep();
        }
        int bytes = datagram.payload.readableBytes();
        DropReason reason = replies.reply(ctx, datagram.payload, datagram.source, datagram.tap, datagram.kept);
        if (reason == null) {
            observation.peers().sources().seen(datagram.source, datagram.server(), 0, 0, bytes, System.nanoTime());
        } else {
            notAnswered(datagram, reason);
        }
        datagram.release();
    }

    private void notAnswered(Passing datagram, DropReason reason) {
        observation.dropped(datagram.source, reason);
        expectedPeers.notServed(datagram.source, reason);
        datagram.noteDrop();
    }

    @Override
    public void flush() {
        ChannelHandlerContext ctx = unflushed;
        if (ctx != null) {
            unflushed = null;
            replies.writeGroup(ctx);
            ctx.flush();
        }
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public boolean hold(Datagram datagram) {
        int bytes = datagram.payload().readableBytes();
        if (heldBytes + bytes > MAX_HELD_BYTES || !budget.tryHold(bytes)) {
            dropQueueFull(datagram);
            return false;
        }
        heldBytes += bytes;
        datagram.keep();
        return true;
    }

    @Override
    public void unhold(Datagram datagram) {
        int bytes = datagram.payload().readableBytes();
        heldBytes -= bytes;
        budget.release(bytes);
    }

    @Override
    public void dropByFault(Datagram datagram) {
        drop(datagram, DropReason.FAULT);
    }

    @Override
    public void dropQueueFull(Datagram datagram) {
        drop(datagram, DropReason.QUEUE_FULL);
    }

    @Override
    public void drop(Datagram datagram, DropReason reason) {
        observation.counters().discarded(datagram.payload().readableBytes());
        notAnswered((Passing) datagram, reason);
        datagram.release();
    }

    @Override
    public String listener() {
        return observation.listener();
    }

    @Override
    public void answered(long receivedBytes, long sentBytes) {
        observation.counters().discarded(receivedBytes);
        observation.counters().added(0, sentBytes);
    }

    @Override
    public void copied(Datagram copy) {
        observation.counters().added(1, copy.payload().readableBytes());
    }

    @Override
    public void shortened(long bytes) {
        observation.counters().discarded(bytes);
    }

    @Override
    public boolean mayAmplify() {
        return mayAmplify.getAsBoolean();
    }

    /** A datagram between its receipt and its reply. */
    private static final class Passing implements Datagram {

        /** The number of copies of the received datagram, which they all share. */
        private final int[] copies;

        private final ChannelHandlerContext ctx;
        private final InetSocketAddress source;
        private final @Nullable UdpTap tap;
        private ByteBuf payload;
        private boolean kept;

        Passing(
                ChannelHandlerContext ctx,
                ByteBuf payload,
                InetSocketAddress source,
                @Nullable UdpTap tap,
                int[] copies) {
            this.copies = copies;
            this.ctx = ctx;
            this.payload = payload;
            this.source = source;
            this.tap = tap;
        }

        @Override
        public InetSocketAddress server() {
            return (InetSocketAddress) ctx.channel().localAddress();
        }

        @Override
        public InetSocketAddress source() {
            return source;
        }

        @Override
        public ByteBuf payload() {
            return payload;
        }

        @Override
        public Datagram keep() {
            if (!kept) {
                kept = true;
                ByteBuf shared = payload;
                payload = ctx.alloc().buffer(shared.readableBytes()).writeBytes(shared);
                shared.release();
            }
            return this;
        }

        @Override
        public boolean mayCopy() {
            return copies[0] < MAX_COPIES;
        }

        @Override
        public Datagram copy() {
            copies[0]++;
            ByteBuf copied = ctx.alloc().buffer(payload.readableBytes());
            copied.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
            Passing copy = new Passing(ctx, copied, source, tap == null ? null : tap.copy(), copies);
            copy.kept = true;
            return copy;
        }

        @Override
        public void answer(ByteBuf reply) {
            payload.release();
            payload = reply;
            kept = true;
        }

        @Override
        public void mark(String faultId) {
            if (tap != null) {
                tap.mark(faultId);
            }
        }

        /** It is dropped: tells the capture which faults were applied to it. */
        void noteDrop() {
            if (tap != null) {
                tap.dropped();
            }
        }

        @Override
        public void release() {
            payload.release();
        }
    }
}
