package dev.canyon.inspect;

import static dev.canyon.inspect.IpPacket.ACK;
import static dev.canyon.inspect.IpPacket.FIN;
import static dev.canyon.inspect.IpPacket.PSH;
import static dev.canyon.inspect.IpPacket.RST;
import static dev.canyon.inspect.IpPacket.SYN;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One TCP connection retold in segments. What the program saw of it were messages; the handshake, the numbers and the
 * segments are made up so that they fit together. Each segment acknowledges all that came the other way before it.
 */
final class TcpConversation {

    /** As on Linux's loopback: with both headers it makes the longest IPv4 packet there is. */
    private static final int LARGEST_SEGMENT = 65_495;

    private static final byte[] NO_OPTIONS = {};
    /** Largest segment; the largest window scale, so that no window is ever full; one byte of padding. */
    private static final byte[] SYN_OPTIONS = {2, 4, (byte) (LARGEST_SEGMENT >> 8), (byte) LARGEST_SEGMENT, 3, 3, 14, 1
    };

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Side client;
    private final Side server;

    /** One end, and the number of the next byte it sends. */
    private static final class Side {

        private final InetSocketAddress address;
        private int next;

        Side(InetSocketAddress address, int next) {
            this.address = address;
            this.next = next;
        }
    }

    /** A segment and the way it goes. */
    record Segment(Direction direction, IpPacket packet) {}

    /** @param connection tells the numbers of two connections apart that use the same ports */
    TcpConversation(long connection, InetSocketAddress client, InetSocketAddress server) {
        // Spread over the lower half, far from where the numbers wrap.
        int first = (int) ((connection * 0x9E3779B97F4A7C15L) >>> 34);
        this.client = new Side(client, first);
        this.server = new Side(server, first ^ 0x2AAAAAAA);
    }

    List<Segment> handshake() {
        return List.of(
                control(Direction.IN, SYN, SYN_OPTIONS),
                control(Direction.OUT, SYN | ACK, SYN_OPTIONS),
                control(Direction.IN, ACK, NO_OPTIONS));
    }

    /** @param payload what was kept of {@code length} bytes */
    List<Segment> message(Direction direction, byte[] payload, int length) {
        List<Segment> segments = new ArrayList<>();
        for (int from = 0; from < length; from += LARGEST_SEGMENT) {
            int to = Math.min(length, from + LARGEST_SEGMENT);
            int kept = Math.max(0, Math.min(to, payload.length) - from);
            ByteBuffer part = kept == 0 ? NOTHING : ByteBuffer.wrap(payload, from, kept);
            segments.add(segment(direction, to == length ? PSH | ACK : ACK, NO_OPTIONS, part, to - from));
        }
        return segments;
    }

    List<Segment> close(Direction by, boolean reset) {
        return reset
                ? List.of(control(by, RST | ACK, NO_OPTIONS))
                : List.of(
                        control(by, FIN | ACK, NO_OPTIONS),
                        control(by.opposite(), FIN | ACK, NO_OPTIONS),
                        control(by, ACK, NO_OPTIONS));
    }

    private Segment control(Direction direction, int flags, byte[] options) {
        return segment(direction, flags, options, NOTHING, 0);
    }

    private Segment segment(Direction direction, int flags, byte[] options, ByteBuffer payload, int length) {
        Side from = direction == Direction.IN ? client : server;
        Side to = direction == Direction.IN ? server : client;
        IpPacket packet = IpPacket.tcp(
                from.address, to.address, from.next, (flags & ACK) == 0 ? 0 : to.next, flags, options, payload, length);
        // SYN and FIN count as a byte each.
        from.next += length + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
        return new Segment(direction, packet);
    }
}
