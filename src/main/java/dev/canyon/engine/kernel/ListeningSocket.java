package dev.canyon.engine.kernel;

import dev.canyon.engine.kernel.proc.ProcAddress;
import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * System calls on a listening TCP socket that neither Netty nor the JDK offers. A socket of the NIO transport is found through
 * {@code /proc} (proc(5)), because the JDK hides its descriptor.
 */
public final class ListeningSocket {

    private static final String LISTEN = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private final int descriptor;

    private ListeningSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Whether system calls are possible: NIO offers none without the native library of Netty for Linux. */
    public static boolean isSupported(Channel listening) {
        return listening instanceof UnixChannel || Epoll.isAvailable();
    }

    /** @throws IOException if the descriptor of the socket cannot be determined; never on epoll and io_uring */
    public static ListeningSocket of(Channel listening) throws IOException {
        if (listening instanceof UnixChannel unix) {
            return new ListeningSocket(unix.fd().intValue());
        }
        if (!isSupported(listening)) {
            throw new IOException("system calls on a listening socket need the native library of Netty for Linux");
        }
        return new ListeningSocket(descriptorOf((InetSocketAddress) listening.localAddress()));
    }

    /**
     * Changes the length of the queue of a listening socket; listen(2).
     *
     * @param backlog 0 admits a single client to the queue
     */
    public void listen(int backlog) throws IOException {
        new Socket(descriptor).listen(backlog);
    }

    /**
     * Refuses connects. The port remains reserved, unless the system chose it when it was bound: without SO_REUSEADDR, no other
     * socket can bind it.
     */
    public void refuse() throws IOException {
        // Netty's object remembers that it was shut down, the socket does not.
        Socket socket = new Socket(descriptor);
        socket.setReuseAddress(false);
        socket.shutdown(true, false);
    }

    /** Listens again after {@link #refuse}. While connections of the port are open, this requires SO_REUSEADDR. */
    public void listenAgain(int backlog) throws IOException {
        Socket socket = new Socket(descriptor);
        socket.setReuseAddress(true);
        socket.listen(backlog);
    }

    private static int descriptorOf(InetSocketAddress address) throws IOException {
        String inode = inodeOf(address);
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (("socket:[" + inode + "]").equals(target(descriptor))) {
                    return Integer.parseInt(descriptor.getFileName().toString());
                }
            }
        }
        throw new IOException("no descriptor of this process belongs to the socket listening at " + address);
    }

    /** @return null if the descriptor has been closed meanwhile */
    private static @Nullable String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException ex) {
            return null;
        }
    }

    private static String inodeOf(InetSocketAddress address) throws IOException {
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
                String[] columns = line.strip().split("\\s+", -1);
                if (columns[STATE].equals(LISTEN) && columns[LOCAL_ADDRESS].equals(ProcAddress.of(address))) {
                    return columns[INODE];
                }
            }
        }
        throw new IOException("no socket is listening at " + address);
    }
}
