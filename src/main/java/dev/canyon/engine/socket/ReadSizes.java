package dev.canyon.engine.socket;

import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.kernel.LoopBuffer;
import dev.canyon.engine.kernel.TransportKind;
import dev.canyon.engine.traffic.ByteBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * Sizes and buffers for reads of TCP sockets.
 *
 * <p>A connection is read once and answered before the next one is served; epoll_wait(2) reports it again while data is left. By
 * default Netty reads again after each read that filled its buffer, usually to find that nothing is left.
 *
 * <p>All connections of an event loop read into the same buffer, which is free again once the kernel has accepted the reply: it
 * stays in the processor's cache, and nothing is allocated. While a reply waits in it, reads get buffers of their own.
 *
 * <p>While the {@link ByteBudget} is exceeded, reads are small, because the reply to any of them may have to wait in memory.
 */
public final class ReadSizes {

    /** Below this size, predicting the size of the next read costs more than it saves. */
    private static final int SMALL = 512;

    /**
     * Bytes; a connection with TLS keeps what it has read of an incomplete record, so its buffers are its own and hold no more than
     * two records (RFC 8446, 5.1).
     */
    public static final int MOST_WITH_TLS = 32 * 1024;

    private static final int READS_PER_EVENT = 1;

    private static final LoopBuffer SHARED = new LoopBuffer(EndpointSpec.DEFAULT_BUFFER_BYTES);

    private ReadSizes() {}

    /** Shared by connections; each connection has its own prediction. */
    public static RecvByteBufAllocator upTo(int bufferBytes, TransportKind kind, ByteBudget budget) {
        if (bufferBytes <= SMALL) {
            return new FixedRecvByteBufAllocator(bufferBytes).maxMessagesPerRead(READS_PER_EVENT);
        }
        // io_uring takes the buffer when it begins to wait for data, so that an idle connection would keep it.
        boolean shares = bufferBytes == EndpointSpec.DEFAULT_BUFFER_BYTES && kind != TransportKind.IO_URING;
        return new Reads(bufferBytes, shares, budget).maxMessagesPerRead(READS_PER_EVENT);
    }

    /** One object per connection: with a thousand of them, each object that a read touches has left the processor's cache. */
    private static final class Reads extends DefaultMaxMessagesRecvByteBufAllocator {

        private final int max;
        private final boolean shares;
        private final ByteBudget budget;

        Reads(int max, boolean shares, ByteBudget budget) {
            this.max = max;
            this.shares = shares;
            this.budget = budget;
        }

        @Override
        public ExtendedHandle newHandle() {
            return new MaxMessageHandle() {
                private int next = SMALL;

                @Override
                public int guess() {
                    return budget.isExceeded() ? SMALL : next;
                }

                @Override
                public ByteBuf allocate(ByteBufAllocator allocator) {
                    ByteBuf shared = shares && !budget.isExceeded() ? SHARED.takeIfFree() : null;
                    return shared == null ? allocator.ioBuffer(guess()) : shared;
                }

                // Twice the size of the last read, so that a connection with more to read soon gets a larger buffer.
                @Override
                public void lastBytesRead(int bytes) {
                    if (bytes > 0) {
                        next = Math.min(max, Math.max(SMALL, 2 * bytes));
                    }
                    super.lastBytesRead(bytes);
                }
            };
        }
    }
}
