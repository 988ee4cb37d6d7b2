package dev.canyon.engine.udp;

import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.traffic.Observation;
import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelPromise;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Counts datagrams to one client once the kernel has accepted or rejected them. Replaces the promise that Netty would create for
 * each write anyway, so counting allocates nothing.
 */
class SentPromise extends DefaultChannelPromise {

    private final Observation observation;
    private final InetSocketAddress to;
    private final int datagrams;
    private final int bytes;

    /** @param bytes the sum over all datagrams */
    SentPromise(Channel channel, Observation observation, InetSocketAddress to, int datagrams, int bytes) {
        super(channel);
        this.observation = observation;
        this.to = to;
        this.datagrams = datagrams;
        this.bytes = bytes;
    }

    @Override
    public boolean trySuccess(@Nullable Void result) {
        boolean first = super.trySuccess(result);
        if (first) {
            observation.counters().sent(datagrams, bytes);
        }
        return first;
    }

    @Override
    public boolean tryFailure(Throwable cause) {
        boolean first = super.tryFailure(cause);
        if (first) {
            notSent(cause);
        }
        return first;
    }

    /** The kernel rejected them. */
    void notSent(Throwable cause) {
        for (int i = 0; i < datagrams; i++) {
            observation.dropped(to, DropReason.SEND_ERROR);
        }
    }
}
