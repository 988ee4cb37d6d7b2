package dev.canyon.probe.load;

import dev.canyon.probe.spec.RunSpec;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes and recognizes the datagrams of one flow.
 *
 * <pre>tag (4 bytes) | number | number | number (4 bytes each, in network byte order) | payload</pre>
 *
 * <p>The number is repeated three times, so that a corrupted datagram is still recognized; in a truncated one, the first is enough. The
 * tag is random for each flow, so that a response to a previous user of the port is not mistaken for one of this flow.
 */
final class LoadDatagrams {

    static final int HEADER = RunSpec.MIN_DATAGRAM_BYTES;

    /** {@link #numberIn}: not a datagram of this flow, or corrupted beyond recognition. */
    static final int UNKNOWN = -1;

    private static final int TAG = 0;
    private static final int[] NUMBERS = {4, 8, 12};

    private final int tag = ThreadLocalRandom.current().nextInt();
    private final int bytes;
    private final LoadPayload payload;

    LoadDatagrams(int bytes, LoadPayload payload) {
        this.bytes = bytes;
        this.payload = payload;
    }

    void write(int number, ByteBuf into) {
        into.writeInt(tag).writeInt(number).writeInt(number).writeInt(number);
        payload.copy(number, bytes - HEADER, into);
    }

    /** Returns the number of the message that a datagram answers, or {@link #UNKNOWN}. */
    int numberIn(ByteBuf datagram) {
        int complete = Math.min(NUMBERS.length, datagram.readableBytes() / Integer.BYTES - 1);
        if (complete < 1 || isForeign(datagram)) {
            return UNKNOWN;
        }
        int first = number(datagram, 0);
        int second = complete < 2 ? first : number(datagram, 1);
        int third = complete < 3 ? first : number(datagram, 2);
        int majority = (first & second) | (first & third) | (second & third);
        if (majority < 0) {
            return UNKNOWN;
        }
        boolean twoAgree = first == second || (complete == NUMBERS.length && (first == third || second == third));
        boolean allAgree = first == second && first == third;
        boolean known = allAgree || (hasPayload(datagram) ? isNear(majority, datagram) : twoAgree);
        return known ? majority : UNKNOWN;
    }

    private boolean hasPayload(ByteBuf datagram) {
        return Math.min(datagram.readableBytes(), bytes) > HEADER;
    }

    /** Whether the payload is that of the message, except for a few bits: that of most others differs in every byte. */
    private boolean isNear(int number, ByteBuf datagram) {
        int length = Math.min(datagram.readableBytes(), bytes) - HEADER;
        return payload.differingBits(number, datagram, datagram.readerIndex() + HEADER, length) <= length / 2;
    }

    /** One corrupted byte changes at most eight bits; the tag of another flow differs in sixteen on average. */
    private boolean isForeign(ByteBuf datagram) {
        return Integer.bitCount(datagram.getInt(datagram.readerIndex() + TAG) ^ tag) > Byte.SIZE;
    }

    /** Returns whether every byte is correct. */
    boolean matches(int number, ByteBuf datagram) {
        int start = datagram.readerIndex();
        return datagram.readableBytes() == bytes
                && datagram.getInt(start + TAG) == tag
                && number(datagram, 0) == number
                && number(datagram, 1) == number
                && number(datagram, 2) == number
                && payload.matches(number, datagram, start + HEADER, bytes - HEADER);
    }

    private static int number(ByteBuf datagram, int which) {
        return datagram.getInt(datagram.readerIndex() + NUMBERS[which]);
    }
}
