package dev.canyon.engine.kernel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * A receive buffer for the datagrams of one read, which each event loop reuses for all of its sockets: it stays in the
 * processor cache, and it is too large for Netty's pool if the heap is small (256 KiB with a heap of up to 512 MiB).
 *
 * <p>While a reply in the buffer waits to be sent, reads use a new buffer from the channel's allocator.
 */
public final class ReusedBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

    private final int bytes;
    private final LoopBuffer kept;

    public ReusedBuffer(int bytes) {
        this.bytes = bytes;
        this.kept = new LoopBuffer(bytes);
    }

    @Override
    public ExtendedHandle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return bytes;
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                ByteBuf free = kept.takeIfFree();
                return free == null ? allocator.directBuffer(bytes, bytes) : free;
            }
        };
    }
}
