package dev.canyon.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A scriptable TCP client: one call, one thing done on the socket. Reads time out after ten seconds. */
final class TcpClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;

    private TcpClient(Socket socket) {
        this.socket = socket;
    }

    static TcpClient connect(SocketAddress to) throws IOException {
        return connect(to, 0, null);
    }

    /** @param receiveBuffer SO_RCVBUF, 0 for the system's choice; small ones make a slow reader felt at once */
    static TcpClient connect(SocketAddress to, int receiveBuffer, @Nullable String from) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        if (from != null) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        }
        socket.setSoTimeout(TIMEOUT_MILLIS);
        try {
            socket.connect(to, TIMEOUT_MILLIS);
        } catch (IOException ex) {
            socket.close();
            throw ex;
        }
        return new TcpClient(socket);
    }

    TcpClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends in the background, for more than the buffers on the way can hold. */
    Thread sendMeanwhile(byte[] bytes, boolean thenShutdown) {
        Thread sender = new Thread(() -> {
            try {
                send(bytes);
                if (thenShutdown) {
                    shutdown();
                }
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        });
        sender.setDaemon(true);
        sender.setUncaughtExceptionHandler((thread, failure) -> {});
        sender.start();
        return sender;
    }

    TcpClient shutdown() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    byte[] read(int count) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("FIN after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    byte[] readToEnd() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** Reads to the end in small pieces with a pause after each. */
    byte[] readSlowly(int pieces, long pauseMillis) throws IOException, InterruptedException {
        InputStream in = socket.getInputStream();
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < pieces; i++) {
            all.write(in.readNBytes(16 * 1024));
            Thread.sleep(pauseMillis);
        }
        all.write(in.readAllBytes());
        return all.toByteArray();
    }

    /** Closes with RST instead of FIN. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
