package dev.canyon.probe;

import dev.canyon.transport.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way there and back. The socket does not block; all waiting is done in one place, with a deadline.
 * Used by one thread.
 */
abstract sealed class Exchange implements AutoCloseable permits TcpExchange, UdpExchange {

    final InetSocketAddress target;
    final TestMessage message;
    final Stopwatch watch;
    private @Nullable Selector selector;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private @Nullable Outcome outcome;
    private @Nullable String detail;

    Exchange(InetSocketAddress target, TestMessage message, Stopwatch watch) {
        this.target = target;
        this.message = message;
        this.watch = watch;
    }

    /** Opens a socket and binds it; nothing is sent yet. @throws IOException if there is none to be had */
    static Exchange open(Protocol protocol, InetSocketAddress target, TestMessage message, Stopwatch watch)
            throws IOException {
        return switch (protocol) {
            case TCP -> new TcpExchange(target, message, watch);
            case UDP -> new UdpExchange(target, message, watch);
        };
    }

    /** Sends the message and waits for the answer. @throws IOException if the network or the peer ended it */
    abstract void run() throws IOException;

    abstract InetSocketAddress client();

    abstract SelectableChannel socket();

    byte[] received() {
        return received.toByteArray();
    }

    Outcome outcome() {
        return outcome == null ? Outcome.OTHER : outcome;
    }

    @Nullable
    String detail() {
        return detail;
    }

    void keep(byte[] bytes, int length) {
        watch.received();
        received.write(bytes, 0, length);
    }

    void ended(Outcome how, @Nullable String words) {
        outcome = how;
        detail = words;
    }

    /** Waits until one of the operations is possible. @return false if the deadline passes first */
    boolean await(int operations, long deadlineNanos) throws IOException {
        if (selector == null) {
            selector = Selector.open();
        }
        socket().register(selector, operations);
        long left;
        while ((left = deadlineNanos - System.nanoTime()) > 0) {
            selector.selectedKeys().clear();
            if (selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1) > 0) {
                return true;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while waiting for the peer");
            }
        }
        return false;
    }

    static long deadline(Duration timeout) {
        return System.nanoTime() + timeout.toNanos();
    }

    @Override
    public void close() throws IOException {
        socket().close();
        if (selector != null) {
            selector.close();
        }
    }
}
