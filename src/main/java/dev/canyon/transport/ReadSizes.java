package dev.canyon.transport;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * How much one read may take from a TCP socket.
 *
 * <p>A connection is read once and answered, then the others have their turn; epoll_wait(2) names it again while something
 * is left. Netty would read again after each read that filled its buffer, mostly to learn that nothing is left.
 */
final class ReadSizes {

    /** Below this, guessing the size of the next read costs more than it saves. */
    private static final int SMALL = 512;

    private static final int READS_IN_A_ROW = 1;

    private ReadSizes() {}

    /** To be shared by connections: what each of them guesses is kept apart. */
    static RecvByteBufAllocator upTo(int bufferBytes) {
        return bufferBytes <= SMALL
                ? new FixedRecvByteBufAllocator(bufferBytes).maxMessagesPerRead(READS_IN_A_ROW)
                : new AdaptiveRecvByteBufAllocator(SMALL, SMALL, bufferBytes).maxMessagesPerRead(READS_IN_A_ROW);
    }
}
