package dev.canyon.dial;

import dev.canyon.dial.tls.ClientHandshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A TCP connection, on which TLS can be started. */
public final class TcpClientSocket extends ClientSocket {

    private final SocketChannel channel;
    private TcpStream stream;

    private TcpClientSocket(InetSocketAddress target, SocketChannel channel) {
        super(target);
        this.channel = channel;
        this.stream = new TcpStream.Plain(channel);
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

    /**
     * Performs a TLS handshake on a connection that is established; what is read and written afterwards is encrypted. Blocks for at
     * most the timeout.
     *
     * @throws dev.canyon.dial.tls.TlsFailedException if it fails or takes longer; the connection is then of no further use
     * @throws IOException if the connection breaks
     */
    public void startTls(ClientHandshake handshake, Duration timeout) throws IOException {
        TlsStream tls = new TlsStream(channel, handshake);
        tls.handshake(this, timeout);
        stream = tls;
    }

    /** Reads what has arrived. @return the number of bytes, 0 if there are none, -1 after the peer's FIN or close_notify */
    public int read(ByteBuffer into) throws IOException {
        return stream.read(into);
    }

    /** Writes what the kernel accepts. @return whether it has accepted everything, including what earlier calls left */
    public boolean write(ByteBuffer bytes) throws IOException {
        return stream.write(bytes);
    }

    /**
     * Sends FIN, over TLS after close_notify; the connection can still be read (half-close).
     *
     * @return false if the socket buffer is full, so that it has to be called again once the socket is writable
     */
    public boolean shutdownOutput() throws IOException {
        return stream.shutdownOutput();
    }

    /** Over TLS with close_notify, if the socket buffer has room for it. */
    @Override
    public void close() throws IOException {
        if (channel.isConnected()) {
            stream.close();
        }
        super.close();
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
