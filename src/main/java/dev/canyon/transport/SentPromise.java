package dev.canyon.transport;

import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Counts a write once the kernel has taken it, or the reason it has not. Stands in for the promise that Netty would
 * make for each write anyway, so counting allocates nothing.
 */
final class SentPromise extends DefaultChannelPromise {

    private final EndpointCounters counters;
    private final int bytes;
    private final @Nullable DropReason ifItFails;

    /** @param ifItFails how a failure is counted; null for TCP, where the connection ends with it */
    SentPromise(Channel channel, EndpointCounters counters, int bytes, @Nullable DropReason ifItFails) {
        super(channel);
        this.counters = counters;
        this.bytes = bytes;
        this.ifItFails = ifItFails;
    }

    @Override
    public boolean trySuccess(@Nullable Void result) {
        boolean first = super.trySuccess(result);
        if (first) {
            counters.sent(bytes);
        }
        return first;
    }

    @Override
    public boolean tryFailure(Throwable cause) {
        boolean first = super.tryFailure(cause);
        if (first && ifItFails != null) {
            counters.dropped(ifItFails);
        }
        return first;
    }
}
