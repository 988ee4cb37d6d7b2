package dev.canyon.probe.run;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * What is sent: bytes that repeat with a period that no buffer and no message size is likely to have, so that bytes that are left
 * out, doubled or moved show as wrong. Immutable; one for all flows of a run.
 */
final class Payload {

    /** A prime. */
    private static final int PERIOD = 251;

    private static final int LEAST = 128 * 1024;

    private final int length;
    private final ByteBuf bytes;
    private final ByteBuffer view;

    /** @param messageBytes is the least that can be had in one piece */
    Payload(int messageBytes) {
        length = Math.max(LEAST, messageBytes);
        ByteBuffer pattern = ByteBuffer.allocateDirect(length + PERIOD);
        for (int i = 0; i < pattern.capacity(); i++) {
            pattern.put(i, (byte) (i % PERIOD));
        }
        // Freed with this object; pieces of it that are written are released without effect.
        bytes = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(pattern));
        view = pattern.asReadOnlyBuffer();
    }

    /** The most bytes that can be had in one piece. */
    int length() {
        return length;
    }

    /** A piece of the stream, without copying it. */
    ByteBuf slice(long position, int count) {
        return bytes.slice(start(position), count);
    }

    /** Appends a piece of the stream to a message. */
    void copy(long position, int count, ByteBuf into) {
        into.writeBytes(bytes, start(position), count);
    }

    /** Whether the given bytes of a buffer are those of the stream. */
    boolean matches(long position, ByteBuf buffer, int index, int count) {
        int done = 0;
        while (done < count) {
            int piece = Math.min(count - done, length);
            ByteBuffer theirs = buffer.nioBuffer(index + done, piece);
            if (view.slice(start(position + done), piece).mismatch(theirs) >= 0) {
                return false;
            }
            done += piece;
        }
        return true;
    }

    private static int start(long position) {
        return (int) (position % PERIOD);
    }
}
