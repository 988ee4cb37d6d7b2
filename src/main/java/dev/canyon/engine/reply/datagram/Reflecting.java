package dev.canyon.engine.reply.datagram;

import dev.canyon.engine.fault.datagram.Datagram;
import dev.canyon.engine.peer.DropReason;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stateful Session-Reflector of STAMP in unauthenticated mode (RFC 8762, 4.3.1). A session is a client's address and port and the
 * address that it sends to; its replies are numbered from 0.
 *
 * <pre>
 *  0  sequence number of the reply        4  time sent
 * 12  error estimate                     14  zero
 * 16  time received                      24  sequence number of the request
 * 28  time sent of the request           36  error estimate of the request
 * 38  zero                               40  TTL of the request, 41 zero
 * </pre>
 *
 * <p>What follows in the request is copied, so that a reply is as long as its request. A request of TWAMP Light with 41 to 43 bytes
 * (RFC 5357, appendix I) gets a reply of its own length; the last three bytes are zero anyway.
 */
final class Reflecting extends DatagramReply {

    private static final int PACKET = 44;
    /** The packet without the zeros at its end. */
    private static final int SHORTEST_REPLY = 41;
    /** Sequence number, timestamp and error estimate. */
    private static final int SHORTEST_REQUEST = 14;

    private static final int SEQUENCE = 4;
    private static final int TIMESTAMP = 8;

    /**
     * Not synchronized as far as this process knows (S = 0), NTP format (Z = 0), and within 2^22 / 2^32 seconds, about a
     * millisecond (scale 22, multiplier 1; RFC 4656, 4.1.2).
     */
    private static final int ERROR_ESTIMATE = 22 << 8 | 1;

    /** The TTL of a received datagram is not known here, and RFC 5357, 4.2.1 has senders start at this value. */
    private static final int UNKNOWN_TTL = 255;

    private static final long EPOCH_SINCE_1900 = 2_208_988_800L;
    private static final int MAX_SESSIONS = 65_536;

    private final Clock clock;
    /** The next sequence number by session. The least recently used is forgotten beyond a bound. */
    private final Map<Session, long[]> sessions = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Session, long[]> eldest) {
            return size() > MAX_SESSIONS;
        }
    };

    private record Session(InetSocketAddress sender, InetSocketAddress reflector) {}

    Reflecting(AnsweredDatagrams endpoint, Clock clock) {
        super(endpoint);
        this.clock = clock;
    }

    @Override
    public void datagram(Datagram datagram) {
        long received = ntp(clock.instant());
        ByteBuf request = datagram.payload();
        int length = request.readableBytes();
        if (length < SHORTEST_REQUEST) {
            endpoint().drop(datagram, DropReason.NOT_STAMP);
            return;
        }
        int replyLength = length < SHORTEST_REPLY ? PACKET : length;
        if (replyLength > length && !endpoint().mayAmplify()) {
            // Before it is numbered, because a number that is never sent looks like a loss.
            endpoint().drop(datagram, DropReason.AMPLIFICATION);
            return;
        }
        long number =
                sessions.computeIfAbsent(new Session(datagram.source(), datagram.server()), first -> new long[1])[0]++;
        ByteBuf reply = request.alloc().buffer(Math.max(replyLength, PACKET));
        reply.writeInt((int) number).writeLong(0).writeShort(ERROR_ESTIMATE).writeShort(0);
        reply.writeLong(received);
        reply.writeBytes(request, request.readerIndex(), SEQUENCE + TIMESTAMP + Short.BYTES);
        reply.writeShort(0).writeByte(UNKNOWN_TTL).writeZero(PACKET - SHORTEST_REPLY);
        if (length > PACKET) {
            reply.writeBytes(request, request.readerIndex() + PACKET, length - PACKET);
        }
        reply.writerIndex(replyLength);
        // As late as possible.
        reply.setLong(SEQUENCE, ntp(clock.instant()));
        answer(datagram, reply);
    }

    /** Seconds since 1900 and their fraction, in 32 bits each (RFC 5905, section 6). */
    static long ntp(Instant time) {
        long seconds = time.getEpochSecond() + EPOCH_SINCE_1900;
        long fraction = ((long) time.getNano() << Integer.SIZE) / 1_000_000_000L;
        return seconds << Integer.SIZE | fraction;
    }
}
