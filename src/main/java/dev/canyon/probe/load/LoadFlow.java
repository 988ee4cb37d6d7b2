package dev.canyon.probe.load;

import dev.canyon.dial.EventLoopTls;
import dev.canyon.dial.SocketFailure;
import dev.canyon.probe.Outcome;
import dev.canyon.probe.spec.RunSpec;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection or UDP flow of a run, and the state of its messages: each is sent, then received in time or lost. Confined to one
 * event loop, except where stated.
 *
 * <pre>
 *          due (at a fixed rate)  -->  sent, in flight  --+-- response in time ------------> received
 *                                                         |
 *                                                         +-- timeout or connection lost --> lost (--> late)
 * </pre>
 */
abstract sealed class LoadFlow extends ChannelInboundHandlerAdapter permits TcpLoadFlow, UdpLoadFlow {

    /** Index among all flows of the run, from 0. */
    final int index;

    final EventLoopLoad load;
    final RunSpec spec;
    final InFlightWindow window = new InFlightWindow();
    private final long quota;
    private final Runnable onEnd;
    private final @Nullable SendSchedule schedule;
    private volatile @Nullable Channel channel;
    private long due;
    /** Set by {@link #start}; the messages of a TLS handshake arrive before. */
    private boolean started;

    private boolean sending;
    private boolean over;

    /** @param onEnd called once, when nothing more will be sent or received */
    LoadFlow(int index, EventLoopLoad load, RunSpec spec, Runnable onEnd) {
        this.index = index;
        this.load = load;
        this.spec = spec;
        this.quota = share(spec, index);
        this.onEnd = onEnd;
        this.schedule = SendSchedule.of(spec);
    }

    private static long share(RunSpec spec, int index) {
        if (spec.messages() == null) {
            return Integer.MAX_VALUE;
        }
        long each = spec.messages() / spec.connections();
        long share = index < spec.messages() % spec.connections() ? each + 1 : each;
        return Math.min(share, Integer.MAX_VALUE);
    }

    /** Returns the TLS of the connection that is about to be made; null for plain text. */
    @Nullable
    EventLoopTls newTls() {
        return null;
    }

    /** The socket has been opened, and its TLS handshake is complete. */
    void opened(Channel socket) {
        channel = socket;
    }

    /** May be called from any thread. */
    boolean isOpen() {
        return channel != null;
    }

    /** No attempt to connect is made, since other flows failed to. */
    void skip() {
        end();
    }

    /** The socket could not be opened. */
    void failed(Throwable cause) {
        if (!over) {
            load.counters.error(outcomeOf(cause));
            end();
        }
    }

    void start() {
        started = true;
        sending = true;
        sendDue();
        endIfDone();
    }

    /**
     * At a fixed rate: one more message is due.
     *
     * @return whether the caller must call {@link #sendDue}; if earlier messages are waiting, that is already arranged
     */
    boolean due() {
        if (due == quota) {
            return false;
        }
        due++;
        if (over) {
            load.counters.unsent.increment();
            return false;
        }
        return due - window.next() == 1;
    }

    /** Sends as many messages as rate, pipeline and socket allow. */
    final void sendDue() {
        if (channel != null && write(channel)) {
            channel.flush();
        }
    }

    private boolean write(Channel socket) {
        boolean wrote = false;
        int count;
        while ((count = sendable()) > 0 && socket.isWritable()) {
            long now = load.clock.now();
            int written = write(socket, window.next(), count);
            for (int i = 0; i < written; i++) {
                window.add(schedule == null ? now : schedule.dueAt(window.next(), index), now);
            }
            load.inFlight(written);
            load.counters.sent(written, now);
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
     * Writes messages without flushing.
     *
     * @param max maximum number of messages, 1 or more
     * @return the number of messages written, 1 or more
     */
    abstract int write(Channel socket, int first, int max);

    /** A response has arrived. @return whether it was in time */
    final boolean answered(int number, boolean corrupted, long now) {
        long due = window.take(number);
        if (due == InFlightWindow.NONE) {
            load.counters.late.increment();
            return false;
        }
        load.inFlight(-1);
        load.counters.received(now - due, now);
        if (corrupted) {
            load.counters.corrupted.increment();
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

    /** Unanswered messages sent at or before the given time are lost. */
    void expire(long sentAt) {
        int lost = window.expire(sentAt);
        if (lost > 0) {
            load.inFlight(-lost);
            load.counters.lost.add(lost);
            sendDue();
            endIfDone();
        }
    }

    /** Stops sending. */
    void stop() {
        sending = false;
        endIfDone();
    }

    void close() {
        end();
        if (channel != null) {
            channel.close();
        }
    }

    /** Waits until the socket is closed, after {@link #close}. Must not be called on the event loop. */
    void awaitClosed() {
        if (channel != null) {
            channel.closeFuture().awaitUninterruptibly(1, TimeUnit.SECONDS);
        }
    }

    private void endIfDone() {
        if (started && window.unanswered() == 0 && (!sending || window.next() == quota)) {
            end();
        }
    }

    /** Unanswered messages are lost. */
    private void end() {
        if (!over) {
            over = true;
            load.counters.unsent.add(schedule == null ? 0 : due - window.next());
            expire(Long.MAX_VALUE);
            onEnd.run();
        }
    }

    /** The peer has closed the connection, or the run is over. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!over) {
            load.counters.error(Outcome.CLOSED_EARLY);
            end();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!over) {
            load.counters.error(outcomeOf(cause));
            socketFailed(ctx);
        }
    }

    /** Handles an error of the socket, which has been counted. */
    abstract void socketFailed(ChannelHandlerContext ctx);

    /** Ends the flow and closes the connection. */
    final void abort(ChannelHandlerContext ctx) {
        end();
        ctx.close();
    }

    Outcome outcomeOf(Throwable cause) {
        return cause instanceof IOException io ? Outcome.of(SocketFailure.of(io)) : Outcome.OTHER;
    }
}
