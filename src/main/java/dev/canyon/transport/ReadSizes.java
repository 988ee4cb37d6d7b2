package dev.canyon.transport;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/** How much one read may take from a TCP socket. */
final class ReadSizes {

    /** Below this, guessing the size of the next read costs more than it saves. */
    private static final int SMALL = 512;

    /** Netty's own number for reads before other channels of the loop have their turn. */
    private static final int READS_IN_A_ROW = 16;

    private ReadSizes() {}

    static RecvByteBufAllocator upTo(int bufferBytes) {
        return bufferBytes <= SMALL
                ? new FixedRecvByteBufAllocator(bufferBytes).maxMessagesPerRead(READS_IN_A_ROW)
                : new AdaptiveRecvByteBufAllocator(64, SMALL, bufferBytes).maxMessagesPerRead(READS_IN_A_ROW);
    }
}
