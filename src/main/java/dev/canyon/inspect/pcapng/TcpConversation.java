package dev.canyon.inspect.pcapng;

import static dev.canyon.inspect.pcapng.IpPacket.ACK;
import static dev.canyon.inspect.pcapng.IpPacket.FIN;
import static dev.canyon.inspect.pcapng.IpPacket.PSH;
import static dev.canyon.inspect.pcapng.IpPacket.RST;
import static dev.canyon.inspect.pcapng.IpPacket.SYN;

import dev.canyon.engine.peer.Direction;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Synthesizes the segments of a TCP connection from its messages: handshake, sequence numbers and segmentation are consistent
 * with each other. Each segment acknowledges everything sent in the other direction before it.
 */
final class TcpConversation {

    /** As on the loopback interface of Linux: with both headers, the maximum length of an IPv4 packet. */
    private static final int MAX_SEGMENT_SIZE = 65_495;

    private static final byte[] NO_OPTIONS = {};
    /** MSS; the maximum window scale, so that no window is ever full; one byte of padding. */
    private static final byte[] SYN_OPTIONS = {
        2, 4, (byte) (MAX_SEGMENT_SIZE >> 8), (byte) MAX_SEGMENT_SIZE, 3, 3, 14, 1
    };

    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final Side client;
    private final Side server;

    /** One end, and the sequence number of the next byte it sends. */
    private static final class Side {

        private final InetSocketAddress address;
        private int next;

        Side(InetSocketAddress address, int next) {
            this.address = address;
            this.next = next;
        }
    }

    /** A segment and its direction. */
    record Segment(Direction direction, IpPacket packet) {}

    /** @param connection determines the initial sequence numbers, which distinguishes connections on the same ports */
    TcpConversation(long connection, InetSocketAddress client, InetSocketAddress server) {
        // Spread over the lower half of the number space, far from where it wraps.
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

    /** @param payload the captured part of {@code length} bytes */
    List<Segment> message(Direction direction, byte[] payload, int length) {
        List<Segment> segments = new ArrayList<>();
        for (int from = 0; from < length; from += MAX_SEGMENT_SIZE) {
            int to = Math.min(length, from + MAX_SEGMENT_SIZE);
            int kept = Math.max(0, Math.min(to, payload.length) - from);
            ByteBuffer part = kept == 0 ? EMPTY : ByteBuffer.wrap(payload, from, kept);
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
        return segment(direction, flags, options, EMPTY, 0);
    }

    private Segment segment(Direction direction, int flags, byte[] options, ByteBuffer payload, int length) {
        Side from = direction == Direction.IN ? client : server;
        Side to = direction == Direction.IN ? server : client;
        IpPacket packet = IpPacket.tcp(
                from.address, to.address, from.next, (flags & ACK) == 0 ? 0 : to.next, flags, options, payload, length);
        // SYN and FIN each consume one sequence number.
        from.next += length + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
        return new Segment(direction, packet);
    }
}
