package dev.canyon.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Room for the datagrams of one read, kept by each event loop for the next read of any of its sockets: it stays in the
 * processor's cache, and it is too large for Netty's pool when the heap is small (256 KiB if at most 512 MiB).
 *
 * <p>While a reply still waits in it to be sent, reads get other room from the channel's allocator.
 */
final class KeptBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

    private final int bytes;
    private final FastThreadLocal<ByteBuf> kept;

    KeptBuffer(int bytes) {
        this.bytes = bytes;
        this.kept = new FastThreadLocal<>() {
            @Override
            protected ByteBuf initialValue() {
                return Unpooled.directBuffer(bytes, bytes);
            }

            @Override
            protected void onRemoval(ByteBuf buffer) {
                buffer.release();
            }
        };
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
                ByteBuf buffer = kept.get();
                boolean inUse = buffer.refCnt() > 1;
                return inUse
                        ? allocator.directBuffer(bytes, bytes)
                        : buffer.clear().retain();
            }
        };
    }
}
