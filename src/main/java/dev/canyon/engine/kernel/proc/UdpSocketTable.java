package dev.canyon.engine.kernel.proc;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernel's table of UDP sockets, {@code /proc/net/udp} and {@code udp6} (proc(5)), for transports that cannot query
 * the socket. The time to read it grows with the number of sockets, so a reading is reused for one second.
 */
public final class UdpSocketTable {

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
    public static UdpSocketTable recent() {
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
                log.debug("/proc/net/{} cannot be read, so datagrams dropped by the kernel are not counted", table, ex);
            }
        }
        return new UdpSocketTable(drops, System.nanoTime());
    }

    public long drops(InetSocketAddress bound) {
        return dropsByAddress.getOrDefault(ProcAddress.of(bound), 0L);
    }
}
