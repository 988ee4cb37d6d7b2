package dev.canyon.engine.kernel.proc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Addresses in the tables of sockets under {@code /proc/net} (proc(5)). */
public final class ProcAddress {

    private ProcAddress() {}

    /** 32-bit groups in native byte order, and the port, in hexadecimal. */
    public static String of(InetSocketAddress address) {
        ByteBuffer network = ByteBuffer.wrap(address.getAddress().getAddress());
        ByteBuffer machine = ByteBuffer.allocate(network.capacity()).order(ByteOrder.BIG_ENDIAN);
        while (network.hasRemaining()) {
            int group = network.getInt();
            machine.putInt(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(group) : group);
        }
        HexFormat hex = HexFormat.of().withUpperCase();
        return hex.formatHex(machine.array()) + ":" + hex.toHexDigits((short) address.getPort());
    }
}
