package dev.canyon.probe.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * The bytes to send. They repeat with a period that is unlikely to be a factor of a buffer or message size, so that missing, repeated or
 * displaced bytes are detected. Immutable; shared by all flows of a run.
 */
final class LoadPayload {

    /** A prime. */
    private static final int PERIOD = 251;

    private static final int MIN_LENGTH = 128 * 1024;

    private final int length;
    private final ByteBuf bytes;
    private final ByteBuffer view;

    /** @param messageBytes minimum length of a slice to support */
    LoadPayload(int messageBytes) {
        length = Math.max(MIN_LENGTH, messageBytes);
        ByteBuffer pattern = ByteBuffer.allocateDirect(length + PERIOD);
        for (int i = 0; i < pattern.capacity(); i++) {
            pattern.put(i, (byte) (i % PERIOD));
        }
        // Garbage collected with this object; releasing a slice has no effect.
        bytes = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(pattern));
        view = pattern.asReadOnlyBuffer();
    }

    /** Returns the maximum length of a slice. */
    int length() {
        return length;
    }

    /** Returns a part of the stream without copying it. */
    ByteBuf slice(long position, int count) {
        return bytes.slice(start(position), count);
    }

    /** Appends a part of the stream to a message. */
    void copy(long position, int count, ByteBuf into) {
        into.writeBytes(bytes, start(position), count);
    }

    /** Returns whether the given bytes of a buffer are those of the stream. */
    boolean matches(long position, ByteBuf buffer, int index, int count) {
        int done = 0;
        while (done < count) {
            int chunk = Math.min(count - done, length);
            ByteBuffer actual = buffer.nioBuffer(index + done, chunk);
            if (view.slice(start(position + done), chunk).mismatch(actual) >= 0) {
                return false;
            }
            done += chunk;
        }
        return true;
    }

    /**
     * Returns the number of bits in which the given bytes of a buffer differ from those of the stream.
     *
     * @param count at most {@link #length}
     */
    int differingBits(long position, ByteBuf buffer, int index, int count) {
        int differing = 0;
        for (int i = 0; i < count; i++) {
            int expected = bytes.getByte(start(position) + i);
            differing += Integer.bitCount((expected ^ buffer.getByte(index + i)) & 0xFF);
        }
        return differing;
    }

    private static int start(long position) {
        return (int) (position % PERIOD);
    }
}
