package dev.canyon.inspect.pcapng;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * An IP packet (RFC 791, RFC 8200) synthesized around a UDP (RFC 768) or TCP (RFC 9293) payload. Checksums are correct unless the
 * payload is truncated; then they can be neither computed nor verified.
 *
 * @param bytes the headers and the captured part of the payload
 * @param originalLength length of the whole packet
 */
record IpPacket(byte[] bytes, int originalLength) {

    private static final int TTL = 64;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int TCP = 6;
    private static final int TCP_HEADER = 20;
    private static final int MAX_WINDOW = 0xFFFF;

    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PSH = 0x08;
    static final int ACK = 0x10;

    /** @param payload the captured part of {@code payloadLength} bytes */
    static IpPacket udp(InetSocketAddress from, InetSocketAddress to, ByteBuffer payload, int payloadLength) {
        int length = UDP_HEADER + payloadLength;
        ByteBuffer datagram = ByteBuffer.allocate(UDP_HEADER + payload.remaining())
                .putShort((short) from.getPort())
                .putShort((short) to.getPort())
                .putShort((short) length)
                .putShort((short) 0)
                .put(payload.duplicate());
        int checksum = checksum(from, to, UDP, length, datagram.flip());
        // Zero means that there is no checksum (RFC 768).
        datagram.putShort(6, (short) (checksum == 0 ? 0xFFFF : checksum));
        return ip(from, to, UDP, length, datagram);
    }

    /**
     * @param options whole 32-bit words
     * @param payload the captured part of {@code payloadLength} bytes
     */
    static IpPacket tcp(
            InetSocketAddress from,
            InetSocketAddress to,
            int sequence,
            int acknowledged,
            int flags,
            byte[] options,
            ByteBuffer payload,
            int payloadLength) {
        int header = TCP_HEADER + options.length;
        ByteBuffer segment = ByteBuffer.allocate(header + payload.remaining())
                .putShort((short) from.getPort())
                .putShort((short) to.getPort())
                .putInt(sequence)
                .putInt(acknowledged)
                .put((byte) ((header / 4) << 4))
                .put((byte) flags)
                .putShort((short) MAX_WINDOW)
                .putShort((short) 0)
                .putShort((short) 0)
                .put(options)
                .put(payload.duplicate());
        int length = header + payloadLength;
        segment.putShort(16, (short) checksum(from, to, TCP, length, segment.flip()));
        return ip(from, to, TCP, length, segment);
    }

    private static IpPacket ip(
            InetSocketAddress from, InetSocketAddress to, int protocol, int length, ByteBuffer content) {
        byte[] source = from.getAddress().getAddress();
        byte[] destination = to.getAddress().getAddress();
        ByteBuffer header = source.length == 4
                ? ipv4(source, destination, protocol, length)
                : ipv6(source, destination, protocol, length);
        ByteBuffer packet = ByteBuffer.allocate(header.limit() + content.limit())
                .put(header.rewind())
                .put(content.rewind());
        return new IpPacket(packet.array(), header.limit() + length);
    }

    private static ByteBuffer ipv4(byte[] source, byte[] destination, int protocol, int length) {
        ByteBuffer header = ByteBuffer.allocate(20);
        header.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (header.limit() + length))
                .putShort((short) 0)
                .putShort((short) DO_NOT_FRAGMENT)
                .put((byte) TTL)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(source)
                .put(destination);
        return header.putShort(10, (short) folded(sum(header.rewind())));
    }

    private static ByteBuffer ipv6(byte[] source, byte[] destination, int protocol, int length) {
        return ByteBuffer.allocate(40)
                .putInt(6 << 28)
                .putShort((short) length)
                .put((byte) protocol)
                .put((byte) TTL)
                .put(source)
                .put(destination);
    }

    /** Over the content and a pseudo-header; the same arithmetic for IPv4 and IPv6. */
    private static int checksum(
            InetSocketAddress from, InetSocketAddress to, int protocol, int length, ByteBuffer content) {
        long sum = sum(ByteBuffer.wrap(from.getAddress().getAddress()))
                + sum(ByteBuffer.wrap(to.getAddress().getAddress()))
                + protocol
                + length
                + sum(content);
        return folded(sum);
    }

    /** The sum of the 16-bit words (RFC 1071); an odd byte at the end is padded with zero. */
    private static long sum(ByteBuffer bytes) {
        ByteBuffer words = bytes.duplicate();
        long sum = 0;
        while (words.remaining() >= 2) {
            sum += words.getShort() & 0xFFFF;
        }
        return words.hasRemaining() ? sum + ((words.get() & 0xFF) << 8) : sum;
    }

    private static int folded(long sum) {
        long folded = sum;
        while (folded > 0xFFFF) {
            folded = (folded >>> 16) + (folded & 0xFFFF);
        }
        return (int) (~folded & 0xFFFF);
    }
}
