package dev.canyon.probe.run;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The datagrams of one flow.
 *
 * <pre>tag (4 bytes) | number | number | number (4 bytes each, in network byte order) | payload</pre>
 *
 * <p>The number is there three times, so that a damaged datagram is still known for the one it was. The tag is drawn for each
 * flow, so that an answer meant for somebody who had the port before is not taken for one of ours.
 */
final class Datagrams {

    static final int HEADER = RunSpec.SMALLEST_DATAGRAM;

    /** {@link #numberIn}: not one of this flow, or damaged beyond recognition. */
    static final int UNKNOWN = -1;

    private static final int TAG = 0;
    private static final int[] NUMBERS = {4, 8, 12};

    private final int tag = ThreadLocalRandom.current().nextInt();
    private final int bytes;
    private final Payload payload;

    Datagrams(int bytes, Payload payload) {
        this.bytes = bytes;
        this.payload = payload;
    }

    void write(int number, ByteBuf into) {
        into.writeInt(tag).writeInt(number).writeInt(number).writeInt(number);
        payload.copy(number, bytes - HEADER, into);
    }

    /** Which one it is, as far as two of its three numbers agree, or {@link #UNKNOWN}. */
    int numberIn(ByteBuf datagram) {
        if (datagram.readableBytes() < HEADER || isForeign(datagram)) {
            return UNKNOWN;
        }
        int one = number(datagram, 0);
        int two = number(datagram, 1);
        int three = number(datagram, 2);
        int agreed = one == two || one == three ? one : two;
        return agreed >= 0 && (one == two || one == three || two == three) ? agreed : UNKNOWN;
    }

    /** One damaged byte changes eight bits at the most; another flow's tag differs in sixteen or so. */
    private boolean isForeign(ByteBuf datagram) {
        return Integer.bitCount(datagram.getInt(datagram.readerIndex() + TAG) ^ tag) > Byte.SIZE;
    }

    /** Whether every byte of it is right. */
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
