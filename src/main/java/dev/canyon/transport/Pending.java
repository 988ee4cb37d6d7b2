package dev.canyon.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** What waits in our memory to be sent on a channel. */
final class Pending {

    private Pending() {}

    /** Bytes written but not yet taken by the kernel, with Netty's overhead; 0 once the sending side is closed. */
    static long bytes(Channel channel) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }
}
