package dev.canyon.dial;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A TCP connection. */
public final class TcpClientSocket extends ClientSocket {

    private final SocketChannel channel;

    private TcpClientSocket(InetSocketAddress target, SocketChannel channel) {
        super(target);
        this.channel = channel;
    }

    /**
     * Opens and binds a socket; no packet is sent.
     *
     * @param sourcePort 0 to 65535; 0 lets the system choose
     * @throws IOException for example if the source port is in use
     */
    public static TcpClientSocket open(InetSocketAddress target, int sourcePort) throws IOException {
        SocketChannel channel = open(target, SocketChannel::open);
        try {
            channel.configureBlocking(false);
            // Allows a chosen source port to be reused while its last connection is in TIME_WAIT.
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, sourcePort != 0);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.bind(wildcard(target, sourcePort));
            return new TcpClientSocket(target, channel);
        } catch (IOException | RuntimeException ex) {
            channel.close();
            throw ex;
        }
    }

    /**
     * Performs the handshake. Blocks for at most the timeout.
     *
     * @throws SocketTimeoutException if it takes longer
     * @throws IOException if it fails; the socket is then of no further use
     */
    public void connect(Duration timeout) throws IOException {
        long deadline = deadlineAfter(timeout);
        if (!channel.connect(target) && !(await(SelectionKey.OP_CONNECT, deadline) && channel.finishConnect())) {
            throw new SocketTimeoutException("no answer to SYN within " + timeout.toMillis() + " ms");
        }
    }

    /**
     * Sends a PROXY header. Does not block: it is the first to be sent, and the send buffer has room for it.
     *
     * @throws IOException if the connection is broken
     */
    public void send(OutgoingProxyHeader header) throws IOException {
        ByteBuffer bytes = header.bytes(target);
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("the send buffer has no room for the PROXY header");
        }
    }

    public boolean isConnected() {
        return channel.isConnected();
    }

    /** Reads what has arrived. @return the number of bytes, 0 if there are none, -1 after the peer's FIN */
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    /** Writes as many bytes as the socket buffer accepts, possibly none. */
    public void write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
    }

    /** Sends FIN; the connection can still be read (half-close). */
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.socket().getLocalSocketAddress();
    }

    @Override
    SocketChannel channel() {
        return channel;
    }
}
