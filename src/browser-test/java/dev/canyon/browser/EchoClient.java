package dev.canyon.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** A client that repeatedly sends a text and reads its echo until it is closed. */
final class EchoClient implements AutoCloseable {

    /** Enough traffic to be visible without using much CPU time. */
    private static final long PAUSE_NANOS = 10_000_000;

    private final Socket socket;
    private final Thread thread;
    private volatile boolean closed;

    EchoClient(int port, String text) throws IOException {
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
            // Closed by either side.
            closed = true;
        }
    }

    /** Whether the peer has closed the connection. */
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
