package dev.canyon.probe.run;

import dev.canyon.probe.Failure;
import dev.canyon.probe.Outcome;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection or UDP flow of a run, and what becomes of its messages. Each is sent, then received in time or lost.
 * On one event loop.
 *
 * <pre>
 *            due              write              answered in time
 *   (at a fixed rate) --> in the window --> --------------------> received
 *                              \  timeout, or the connection ends
 *                               -----------------------------> lost  (--> late)
 * </pre>
 */
abstract sealed class Flow extends ChannelInboundHandlerAdapter permits TcpFlow, UdpFlow {

    /** Of all flows of the run, from 0. */
    final int index;

    final Lane lane;
    final RunSpec spec;
    final Window window = new Window();
    private final long quota;
    private final Runnable whenOver;
    private final @Nullable Schedule schedule;
    private volatile @Nullable Channel channel;
    private long due;
    private boolean sending;
    private boolean over;

    /** @param whenOver is called once, when nothing more will be sent or received */
    Flow(int index, Lane lane, RunSpec spec, Runnable whenOver) {
        this.index = index;
        this.lane = lane;
        this.spec = spec;
        this.quota = share(spec, index);
        this.whenOver = whenOver;
        this.schedule = Schedule.of(spec);
    }

    private static long share(RunSpec spec, int index) {
        if (spec.messages() == null) {
            return Integer.MAX_VALUE;
        }
        long each = spec.messages() / spec.connections();
        long share = index < spec.messages() % spec.connections() ? each + 1 : each;
        return Math.min(share, Integer.MAX_VALUE);
    }

    /** The socket is open. */
    void opened(Channel socket) {
        channel = socket;
    }

    /** Any thread. */
    boolean isOpen() {
        return channel != null;
    }

    /** There will be no socket, since others could not be opened either. */
    void notTried() {
        end();
    }

    /** There will be no socket. */
    void failed(Throwable cause) {
        if (!over) {
            lane.tally.error(outcomeOf(cause));
            end();
        }
    }

    void begin() {
        sending = true;
        sendDue();
        endIfDone();
    }

    /**
     * At a fixed rate: one more message is due.
     *
     * @return whether it is the first one that waits, so that nothing else will have it sent
     */
    boolean due() {
        if (due == quota) {
            return false;
        }
        due++;
        if (over) {
            lane.tally.unsent.increment();
            return false;
        }
        return due - window.next() == 1;
    }

    /** Sends what may be sent. */
    final void sendDue() {
        if (channel != null && write(channel)) {
            channel.flush();
        }
    }

    private boolean write(Channel socket) {
        boolean wrote = false;
        int count;
        while ((count = sendable()) > 0 && socket.isWritable()) {
            long now = lane.clock.now();
            int written = write(socket, window.next(), count);
            for (int i = 0; i < written; i++) {
                window.add(schedule == null ? now : schedule.dueAt(window.next(), index), now);
            }
            lane.unanswered(written);
            lane.tally.sent(written, now);
            wrote = true;
        }
        return wrote;
    }

    private int sendable() {
        if (!sending || over) {
            return 0;
        }
        long wanted = schedule == null ? quota : due;
        return (int) Math.min(wanted - window.next(), (long) spec.window() - window.unanswered());
    }

    /**
     * Writes messages, without flushing.
     *
     * @param most 1 or more
     * @return how many, at least one
     */
    abstract int write(Channel socket, int first, int most);

    /** A message came back. @return whether it was in time */
    final boolean answered(int number, boolean corrupted, long now) {
        long due = window.take(number);
        if (due == Window.GONE) {
            lane.tally.late.increment();
            return false;
        }
        lane.unanswered(-1);
        lane.tally.received(now - due, now);
        if (corrupted) {
            lane.tally.corrupted.increment();
        }
        return true;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        sendDue();
        endIfDone();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        sendDue();
    }

    /** What was sent so long ago and is unanswered is lost. */
    void giveUp(long sentAt) {
        int lost = window.giveUp(sentAt);
        if (lost > 0) {
            lane.unanswered(-lost);
            lane.tally.lost.add(lost);
            sendDue();
            endIfDone();
        }
    }

    /** Nothing new is sent from now on. */
    void stop() {
        sending = false;
        endIfDone();
    }

    void hangUp() {
        end();
        if (channel != null) {
            channel.close();
        }
    }

    /** Waits until the socket is closed, after {@link #hangUp}; not on the event loop. */
    void awaitClosed() {
        if (channel != null) {
            channel.closeFuture().awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
    }

    private void endIfDone() {
        if (window.unanswered() == 0 && (!sending || window.next() == quota)) {
            end();
        }
    }

    /** What is unanswered now is lost. */
    private void end() {
        if (!over) {
            over = true;
            lane.tally.unsent.add(schedule == null ? 0 : due - window.next());
            giveUp(Long.MAX_VALUE);
            whenOver.run();
        }
    }

    /** The peer has closed, or everything is over. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!over) {
            lane.tally.error(Outcome.CLOSED_EARLY);
            end();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!over) {
            lane.tally.error(outcomeOf(cause));
            broken(ctx);
        }
    }

    /** Something went wrong on the socket, and is counted. */
    abstract void broken(ChannelHandlerContext ctx);

    /** The connection cannot go on. */
    final void breakOff(ChannelHandlerContext ctx) {
        end();
        ctx.close();
    }

    private static Outcome outcomeOf(Throwable cause) {
        return cause instanceof IOException io ? Failure.of(io).outcome() : Outcome.OTHER;
    }
}
