package dev.canyon.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** A client that sends a text over and over, and reads what comes back, until it is closed. */
final class Client implements AutoCloseable {

    /** It shall be seen, and not keep a small machine busy. */
    private static final long PAUSE_NANOS = 10_000_000;

    private final Socket socket;
    private final Thread thread;
    private volatile boolean closed;

    Client(int port, String text) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        thread = new Thread(() -> exchange(bytes), "client");
        thread.start();
    }

    private void exchange(byte[] bytes) {
        try {
            while (!closed) {
                socket.getOutputStream().write(bytes);
                if (socket.getInputStream().readNBytes(bytes.length).length < bytes.length) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException ex) {
            // Closed by either side: there is no more to do.
            closed = true;
        }
    }

    /** Whether the other side has ended the connection. */
    boolean hasEnded() {
        return !thread.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
            thread.join();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
