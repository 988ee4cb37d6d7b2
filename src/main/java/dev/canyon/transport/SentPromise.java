package dev.canyon.transport;

import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelPromise;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Counts datagrams of one client once the kernel has taken them, or that it would not. Stands in for the promise that
 * Netty would make for each write anyway, so counting allocates nothing.
 */
class SentPromise extends DefaultChannelPromise {

    private final Observation observation;
    private final InetSocketAddress to;
    private final int datagrams;
    private final int bytes;

    /** @param bytes of all datagrams together */
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

    /** The kernel would not take them. */
    void notSent(Throwable cause) {
        for (int i = 0; i < datagrams; i++) {
            observation.dropped(to, DropReason.SEND_ERROR);
        }
    }
}
