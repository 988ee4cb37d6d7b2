package dev.canyon.engine;

import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A TCP client for tests: each method is one operation on the socket. Reads time out after thirty seconds. */
public final class TcpClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final Socket socket;

    private TcpClient(Socket socket) {
        this.socket = socket;
    }

    public static TcpClient connect(SocketAddress to) throws IOException {
        return connect(to, 0, null);
    }

    /** @param receiveBuffer SO_RCVBUF, 0 for the default of the system; a small buffer makes back-pressure from a slow reader immediate */
    public static TcpClient connect(SocketAddress to, int receiveBuffer, @Nullable String from) throws IOException {
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

    /**
     * Waits until connects are refused. A socket that was closed may listen for a moment longer, because a process that another test
     * starts holds copies of all descriptors until it executes its program (fork(2)).
     */
    public static void awaitRefused(SocketAddress to) {
        await().until(() -> {
            try {
                connect(to).close();
                return false;
            } catch (ConnectException ex) {
                return true;
            }
        });
    }

    public TcpClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends in the background, for more than the buffers on the path can hold. */
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

    public byte[] read(int count) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("FIN after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    /** What the next read returns, at least one byte; empty at the end of the stream. */
    byte[] readSome(int most) throws IOException {
        byte[] bytes = new byte[most];
        int length = socket.getInputStream().read(bytes);
        return length < 0 ? new byte[0] : java.util.Arrays.copyOf(bytes, length);
    }

    byte[] readToEnd() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** Reads to end of stream in small pieces with a pause after each. */
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
