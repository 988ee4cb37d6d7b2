package dev.canyon.transport;

import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Counts a datagram once the kernel has taken it, or that it would not. Stands in for the promise that Netty would
 * make for each write anyway, so counting allocates nothing.
 */
final class SentPromise extends DefaultChannelPromise {

    private final EndpointCounters counters;
    private final int bytes;

    SentPromise(Channel channel, EndpointCounters counters, int bytes) {
        super(channel);
        this.counters = counters;
        this.bytes = bytes;
    }

    @Override
    public boolean trySuccess(@Nullable Void result) {
        boolean first = super.trySuccess(result);
        if (first) {
            counters.sent(1, bytes);
        }
        return first;
    }

    @Override
    public boolean tryFailure(Throwable cause) {
        boolean first = super.tryFailure(cause);
        if (first) {
            counters.dropped(DropReason.SEND_ERROR);
        }
        return first;
    }
}
