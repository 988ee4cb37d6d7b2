package dev.canyon.transport;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The kernel's table of UDP sockets, {@code /proc/net/udp} and {@code udp6} (proc(5)), for transports that cannot ask the
 * socket. Reading it takes longer the more sockets there are, so one reading serves for a second.
 */
final class UdpSocketTable {

    private static final InternalLogger log = InternalLoggerFactory.getInstance(UdpSocketTable.class);
    private static final long FRESH_NANOS = 1_000_000_000L;
    private static final int LOCAL_ADDRESS = 1;
    private static final int DROPS = 12;

    private static volatile UdpSocketTable latest = new UdpSocketTable(Map.of(), System.nanoTime() - FRESH_NANOS);

    private final Map<String, Long> dropsByAddress;
    private final long readAt;

    private UdpSocketTable(Map<String, Long> dropsByAddress, long readAt) {
        this.dropsByAddress = dropsByAddress;
        this.readAt = readAt;
    }

    /** At most a second old. */
    static UdpSocketTable recent() {
        UdpSocketTable table = latest;
        if (System.nanoTime() - table.readAt >= FRESH_NANOS) {
            table = read();
            latest = table;
        }
        return table;
    }

    private static UdpSocketTable read() {
        Map<String, Long> drops = new HashMap<>();
        for (String table : List.of("udp", "udp6")) {
            try {
                Files.readAllLines(Path.of("/proc/net", table)).stream().skip(1).forEach(line -> {
                    String[] columns = line.strip().split("\\s+", -1);
                    drops.put(columns[LOCAL_ADDRESS], Long.parseLong(columns[DROPS]));
                });
            } catch (IOException ex) {
                log.debug("/proc/net/{} cannot be read, so drops in the kernel are not known", table, ex);
            }
        }
        return new UdpSocketTable(drops, System.nanoTime());
    }

    long drops(InetSocketAddress bound) {
        return dropsByAddress.getOrDefault(key(bound), 0L);
    }

    /** As the table writes it: 32-bit groups in the machine's byte order, in hex. */
    private static String key(InetSocketAddress address) {
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
