package dev.canyon.engine.reply.stream;

import dev.canyon.engine.reply.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Where messages begin and end in a stream, and how an answer becomes a message. Stateless. */
public abstract class FrameFormat {

    /** The beginning of a message whose end has not arrived. */
    static final int UNFINISHED = 0;

    /** A message that can only be longer than allowed. */
    static final int TOO_LONG = -1;

    /** Each read is a message. */
    public static final FrameFormat NONE = new None();

    FrameFormat() {}

    public static FrameFormat of(Framing framing) {
        if (framing instanceof Framing.Line line) {
            return new Line(line.maxFrameBytes());
        }
        return framing instanceof Framing.Length length ? new Length(length) : NONE;
    }

    /**
     * Finds the first message.
     *
     * @param bytes not consumed
     * @param searched bytes that were in vain searched before
     * @return its length with everything that belongs to the format, {@link #UNFINISHED} or {@link #TOO_LONG}
     */
    abstract int firstFrame(ByteBuf bytes, int searched);

    /** What a message says, without what belongs to the format. */
    abstract ByteBuf contentOf(ByteBuf frame);

    /**
     * An answer in this format.
     *
     * @param answer released or returned
     */
    abstract ByteBuf framed(ByteBufAllocator alloc, ByteBuf answer);

    /** Whether the end of the stream also ends a message. */
    abstract boolean endsWithStream();

    private static final class None extends FrameFormat {

        @Override
        int firstFrame(ByteBuf bytes, int searched) {
            return bytes.readableBytes();
        }

        @Override
        ByteBuf contentOf(ByteBuf frame) {
            return frame;
        }

        @Override
        ByteBuf framed(ByteBufAllocator alloc, ByteBuf answer) {
            return answer;
        }

        @Override
        boolean endsWithStream() {
            return true;
        }
    }

    /** Lines that end with LF or CR LF. */
    private static final class Line extends FrameFormat {

        private final int maxBytes;

        Line(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        int firstFrame(ByteBuf bytes, int searched) {
            int from = bytes.readerIndex() + searched;
            int end = bytes.indexOf(from, bytes.writerIndex(), (byte) '\n');
            int length = end < 0 ? bytes.readableBytes() : end + 1 - bytes.readerIndex();
            if (length > maxBytes) {
                return TOO_LONG;
            }
            return end < 0 ? UNFINISHED : length;
        }

        @Override
        ByteBuf contentOf(ByteBuf frame) {
            int length = frame.readableBytes();
            if (endsWith(frame, length, '\n')) {
                length--;
                if (endsWith(frame, length, '\r')) {
                    length--;
                }
            }
            return frame.slice(frame.readerIndex(), length);
        }

        private static boolean endsWith(ByteBuf frame, int length, char last) {
            return length > 0 && frame.getByte(frame.readerIndex() + length - 1) == last;
        }

        @Override
        ByteBuf framed(ByteBufAllocator alloc, ByteBuf answer) {
            return endsWith(answer, answer.readableBytes(), '\n') ? answer : answer.writeByte('\n');
        }

        @Override
        boolean endsWithStream() {
            return true;
        }
    }

    /** A length field before each message. */
    private static final class Length extends FrameFormat {

        private final int lengthBytes;
        private final int maxBytes;

        Length(Framing.Length format) {
            this.lengthBytes = format.lengthBytes();
            this.maxBytes = format.maxFrameBytes();
        }

        @Override
        int firstFrame(ByteBuf bytes, int searched) {
            if (bytes.readableBytes() < lengthBytes) {
                return UNFINISHED;
            }
            long length = lengthBytes + lengthAt(bytes);
            if (length > maxBytes) {
                return TOO_LONG;
            }
            return length > bytes.readableBytes() ? UNFINISHED : (int) length;
        }

        private long lengthAt(ByteBuf bytes) {
            int at = bytes.readerIndex();
            return switch (lengthBytes) {
                case 1 -> bytes.getUnsignedByte(at);
                case 2 -> bytes.getUnsignedShort(at);
                default -> bytes.getUnsignedInt(at);
            };
        }

        @Override
        ByteBuf contentOf(ByteBuf frame) {
            return frame.slice(frame.readerIndex() + lengthBytes, frame.readableBytes() - lengthBytes);
        }

        /** An answer that its length field cannot express is cut. */
        @Override
        ByteBuf framed(ByteBufAllocator alloc, ByteBuf answer) {
            int length = (int) Math.min(answer.readableBytes(), (1L << (8 * lengthBytes)) - 1);
            try {
                ByteBuf framed = alloc.buffer(lengthBytes + length);
                switch (lengthBytes) {
                    case 1 -> framed.writeByte(length);
                    case 2 -> framed.writeShort(length);
                    default -> framed.writeInt(length);
                }
                return framed.writeBytes(answer, length);
            } finally {
                answer.release();
            }
        }

        @Override
        boolean endsWithStream() {
            return false;
        }
    }
}
