package dev.canyon.inspect.pcapng;

import dev.canyon.engine.peer.Direction;
import dev.canyon.inspect.capture.Captured;
import dev.canyon.inspect.capture.CapturedClose;
import dev.canyon.inspect.capture.CapturedMessage;
import dev.canyon.inspect.pcapng.TcpConversation.Segment;
import dev.canyon.net.Protocol;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes captured messages as a pcapng file (draft-ietf-opsawg-pcapng, media type {@code application/x-pcapng}), which
 * Wireshark and tshark open.
 *
 * <p>Addresses, ports, directions, timestamps and payload are as captured; IP, UDP and TCP headers are synthesized. A TCP
 * connection begins with a handshake at the time of its first message in the file and ends with FIN or RST if its close
 * was captured. A truncated payload becomes a truncated packet. The faults that were applied to a message are comments of its
 * packets. What was sent and received with TLS is in the file as plaintext, which a comment of each packet says.
 *
 * <p>Writes incrementally and keeps only a few numbers per open TCP connection. Not thread-safe; the caller flushes and
 * closes the stream.
 */
public final class PcapngWriter {

    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final long UNKNOWN_LENGTH = -1;
    /** Packets begin with an IPv4 or IPv6 header. */
    private static final short LINKTYPE_RAW = 101;

    private static final int NO_SNAP_LENGTH = 0;
    private static final int INTERFACE_ID = 0;

    private static final int USER_APPLICATION = 4;
    private static final int INTERFACE_NAME = 2;
    private static final int TIME_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;
    private static final int PACKET_FLAGS = 2;
    private static final int COMMENT = 1;

    private final OutputStream out;
    private final Map<Long, TcpConversation> conversations = new HashMap<>();

    /** Writes the file header. */
    public PcapngWriter(OutputStream out) throws IOException {
        this.out = out;
        byte[] canyon = "Canyon".getBytes(StandardCharsets.UTF_8);
        Block header = new Block(SECTION_HEADER, 64);
        header.content
                .putInt(BYTE_ORDER_MAGIC)
                .putShort((short) 1)
                .putShort((short) 0)
                .putLong(UNKNOWN_LENGTH);
        header.option(USER_APPLICATION, canyon).endOfOptions().writeTo(out);
        Block description = new Block(INTERFACE_DESCRIPTION, 64);
        description.content.putShort(LINKTYPE_RAW).putShort((short) 0).putInt(NO_SNAP_LENGTH);
        description
                .option(INTERFACE_NAME, canyon)
                .option(TIME_RESOLUTION, new byte[] {NANOSECONDS})
                .endOfOptions()
                .writeTo(out);
    }

    /** Writes a message or a close. A close is ignored if the file contains no message of its connection. */
    public void write(Captured captured) throws IOException {
        if (captured instanceof CapturedMessage message) {
            write(message);
        } else if (captured instanceof CapturedClose close) {
            write(close);
        }
    }

    private void write(CapturedMessage message) throws IOException {
        if (message.protocol() == Protocol.UDP) {
            boolean in = message.direction() == Direction.IN;
            InetSocketAddress from = in ? message.remote() : message.local();
            InetSocketAddress to = in ? message.local() : message.remote();
            packet(
                    message.at(),
                    message.direction(),
                    IpPacket.udp(from, to, ByteBuffer.wrap(message.payload()), message.originalBytes()),
                    comments(message));
            return;
        }
        TcpConversation conversation = conversations.get(message.connection());
        if (conversation == null) {
            conversation = new TcpConversation(message.connection(), message.remote(), message.local());
            conversations.put(message.connection(), conversation);
            segments(message.at(), conversation.handshake(), List.of());
        }
        segments(
                message.at(),
                conversation.message(message.direction(), message.payload(), message.originalBytes()),
                comments(message));
    }

    private void write(CapturedClose close) throws IOException {
        TcpConversation conversation = conversations.remove(close.connection());
        if (conversation != null) {
            segments(close.at(), conversation.close(close.by(), close.reset()), List.of());
        }
    }

    private static List<String> comments(CapturedMessage message) {
        List<String> comments = new ArrayList<>();
        if (message.decrypted()) {
            comments.add("Canyon TLS: decrypted");
        }
        if (!message.faults().isEmpty()) {
            comments.add("Canyon faults: " + String.join(", ", message.faults()));
        }
        return comments;
    }

    private void segments(Instant at, Iterable<Segment> segments, List<String> comments) throws IOException {
        for (Segment segment : segments) {
            packet(at, segment.direction(), segment.packet(), comments);
        }
    }

    private void packet(Instant at, Direction direction, IpPacket packet, List<String> comments) throws IOException {
        long nanos = Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
        List<byte[]> texts = comments.stream()
                .map(comment -> comment.getBytes(StandardCharsets.UTF_8))
                .toList();
        int commentBytes = texts.stream().mapToInt(text -> text.length + 8).sum();
        Block block = new Block(ENHANCED_PACKET, packet.bytes().length + commentBytes + 64);
        block.content
                .putInt(INTERFACE_ID)
                .putLong(nanos)
                .putInt(packet.bytes().length)
                .putInt(packet.originalLength());
        byte[] flags = {0, 0, 0, (byte) (direction == Direction.IN ? 1 : 2)};
        block.padded(packet.bytes()).option(PACKET_FLAGS, flags);
        texts.forEach(text -> block.option(COMMENT, text));
        block.endOfOptions().writeTo(out);
    }

    /** A block: type, length, content and length again, padded to 32-bit words. */
    private static final class Block {

        private final int type;
        private final ByteBuffer content;

        Block(int type, int capacity) {
            this.type = type;
            this.content = ByteBuffer.allocate(capacity);
        }

        Block padded(byte[] bytes) {
            content.put(bytes);
            content.position((content.position() + 3) / 4 * 4);
            return this;
        }

        Block option(int code, byte[] value) {
            content.putShort((short) code).putShort((short) value.length);
            return padded(value);
        }

        Block endOfOptions() {
            content.putInt(0);
            return this;
        }

        void writeTo(OutputStream out) throws IOException {
            int length = content.position() + 12;
            out.write(ByteBuffer.allocate(8).putInt(type).putInt(length).array());
            out.write(content.array(), 0, content.position());
            out.write(ByteBuffer.allocate(4).putInt(length).array());
        }
    }
}
