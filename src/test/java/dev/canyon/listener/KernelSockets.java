package dev.canyon.listener;

import dev.canyon.net.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the kernel says this process listens on: /proc/net/tcp, tcp6, udp and udp6 (proc(5)), less other processes' sockets. */
final class KernelSockets {

    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    /** A socket that takes what comes to an address. */
    record Open(Protocol protocol, InetSocketAddress address) {}

    private KernelSockets() {}

    static Set<Open> read() throws IOException {
        Set<String> own = ownInodes();
        return Stream.of(
                        in("tcp", Protocol.TCP, own),
                        in("tcp6", Protocol.TCP, own),
                        in("udp", Protocol.UDP, own),
                        in("udp6", Protocol.UDP, own))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    private static Set<Open> in(String table, Protocol protocol, Set<String> inodes) throws IOException {
        return Files.readAllLines(Path.of("/proc/net", table)).stream()
                .skip(1)
                .map(line -> line.strip().split("\\s+", -1))
                .filter(row -> protocol == Protocol.UDP || row[STATE].equals(LISTENING))
                .filter(row -> inodes.contains(row[INODE]))
                .map(row -> new Open(protocol, address(row[LOCAL_ADDRESS])))
                .collect(Collectors.toSet());
    }

    private static Set<String> ownInodes() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(KernelSockets::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException ex) {
            // Closed meanwhile.
            return "";
        }
    }

    /** Written as 32-bit groups in the machine's byte order, in hex. */
    private static InetSocketAddress address(String text) {
        int colon = text.indexOf(':');
        ByteBuffer machine = ByteBuffer.wrap(HexFormat.of().parseHex(text.substring(0, colon)));
        ByteBuffer network = ByteBuffer.allocate(machine.capacity()).order(ByteOrder.nativeOrder());
        while (machine.hasRemaining()) {
            network.putInt(machine.getInt());
        }
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(network.array()), Integer.parseInt(text.substring(colon + 1), 16));
        } catch (IOException ex) {
            throw new IllegalStateException(text, ex);
        }
    }
}
