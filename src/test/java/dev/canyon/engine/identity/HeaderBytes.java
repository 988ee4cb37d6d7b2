package dev.canyon.engine.identity;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** PROXY headers, byte by byte as the specification has them, so that nothing is tested against itself. */
public final class HeaderBytes {

    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};

    public static final int LOCAL = 0x20;
    public static final int PROXY = 0x21;
    public static final int UNSPEC = 0x00;
    public static final int TCP4 = 0x11;
    public static final int TCP6 = 0x21;
    public static final int UNIX_STREAM = 0x31;

    private HeaderBytes() {}

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** From 192.0.2.7, port 4711, to 198.51.100.1, port 443. */
    public static byte[] v1() {
        return ascii("PROXY TCP4 192.0.2.7 198.51.100.1 4711 443\r\n");
    }

    /** From an IPv4 address, port 4711, to 198.51.100.1, port 443. */
    public static byte[] v1(String source) {
        return ascii("PROXY TCP4 " + source + " 198.51.100.1 4711 443\r\n");
    }

    /** From 2001:db8::7, port 4711, to 2001:db8::1, port 443. */
    public static byte[] tcp6Addresses() {
        ByteBuffer addresses = ByteBuffer.allocate(36);
        addresses.putInt(0x20010db8).position(15);
        addresses.put((byte) 7).putInt(0x20010db8).position(31);
        return addresses
                .put((byte) 1)
                .putShort((short) 4711)
                .putShort((short) 443)
                .array();
    }

    /** From 192.0.2.7, port 4711, to 198.51.100.1, port 443. */
    public static byte[] tcp4Addresses() {
        return ByteBuffer.allocate(12)
                .put(new byte[] {(byte) 192, 0, 2, 7, (byte) 198, 51, 100, 1})
                .putShort((short) 4711)
                .putShort((short) 443)
                .array();
    }

    /** @param content addresses and TLVs */
    public static byte[] v2(int versionAndCommand, int familyAndProtocol, byte[]... content) {
        byte[] rest = concat(content);
        return concat(
                SIGNATURE,
                new byte[] {
                    (byte) versionAndCommand, (byte) familyAndProtocol, (byte) (rest.length >> 8), (byte) rest.length
                },
                rest);
    }

    public static byte[] tlv(int type, byte[]... value) {
        byte[] content = concat(value);
        return concat(new byte[] {(byte) type, (byte) (content.length >> 8), (byte) content.length}, content);
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
