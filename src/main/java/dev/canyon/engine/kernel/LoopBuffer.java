package dev.canyon.engine.kernel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.FastThreadLocal;
import org.jspecify.annotations.Nullable;

/**
 * A direct buffer that each event loop keeps for its next read: it stays in the processor's cache, and it is too large for
 * Netty's pool when the heap is small (256 KiB if at most 512 MiB).
 */
public final class LoopBuffer {

    private final FastThreadLocal<ByteBuf> kept;

    /** @param bytes capacity */
    public LoopBuffer(int bytes) {
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

    /** The empty buffer of this event loop, to be released by the caller; null while data in it is still in use. */
    public @Nullable ByteBuf takeIfFree() {
        ByteBuf buffer = kept.get();
        return buffer.refCnt() > 1 ? null : buffer.clear().retain();
    }
}
