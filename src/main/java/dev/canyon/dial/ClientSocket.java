package dev.canyon.dial;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client socket driven by one thread. Its operations do not block; {@link #await} is the only place to wait, and always has a
 * deadline. Netty is not involved: an event loop would add a thread switch to each measured step, and the command line would
 * have to load it.
 *
 * <p>Not thread-safe. Failures are {@link IOException}s, explained by {@link SocketFailure}.
 */
public abstract sealed class ClientSocket implements AutoCloseable permits TcpClientSocket, UdpClientSocket {

    final InetSocketAddress target;
    private @Nullable Selector selector;

    ClientSocket(InetSocketAddress target) {
        this.target = target;
    }

    /** Opens a channel of the family of the target. */
    static <C> C open(InetSocketAddress target, ChannelOpener<C> opener) throws IOException {
        boolean ipv6 = target.getAddress() instanceof Inet6Address;
        try {
            return opener.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        } catch (UnsupportedOperationException ex) {
            throw (IOException)
                    new NoRouteToHostException("this host does not support the address family").initCause(ex);
        }
    }

    /** The wildcard address of the family of the target: a channel binds to no other family. */
    static InetSocketAddress wildcard(InetSocketAddress target, int port) throws IOException {
        byte[] zeros = new byte[target.getAddress().getAddress().length];
        return new InetSocketAddress(InetAddress.getByAddress(zeros), port);
    }

    /** {@code SocketChannel.open} or {@code DatagramChannel.open}. */
    interface ChannelOpener<C> {
        C open(ProtocolFamily family) throws IOException;
    }

    /** Returns the local address, which is a wildcard until the socket is connected. */
    public abstract InetSocketAddress localAddress();

    abstract SelectableChannel channel();

    /**
     * Waits until one of the operations is possible.
     *
     * @param operations of {@link java.nio.channels.SelectionKey}
     * @param deadlineNanos by the clock of {@link System#nanoTime}
     * @return false if the deadline passes first
     * @throws InterruptedIOException if the thread is interrupted
     */
    public final boolean await(int operations, long deadlineNanos) throws IOException {
        if (selector == null) {
            selector = Selector.open();
        }
        channel().register(selector, operations);
        long left;
        do {
            left = deadlineNanos - System.nanoTime();
            selector.selectedKeys().clear();
            // Looks once more after the deadline: a pause of the JVM must not hide what has arrived in time.
            int ready = left > 0 ? selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1) : selector.selectNow();
            if (ready > 0) {
                return true;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while waiting for the peer");
            }
        } while (left > 0);
        return false;
    }

    /** Returns the deadline of a wait that begins now. */
    public static long deadlineAfter(Duration timeout) {
        return System.nanoTime() + timeout.toNanos();
    }

    @Override
    public void close() throws IOException {
        channel().close();
        if (selector != null) {
            selector.close();
        }
    }
}
