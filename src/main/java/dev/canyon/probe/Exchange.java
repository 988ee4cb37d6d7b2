package dev.canyon.probe;

import dev.canyon.transport.Protocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way there and back, over and over on one socket. The socket does not block; all waiting is done in one place, with a deadline.
 * Used by one thread.
 */
abstract sealed class Exchange implements AutoCloseable permits TcpExchange, UdpExchange {

    /** What may come back beyond what is expected; nobody needs to see more to know that it is wrong. */
    private static final int MAX_EXTRA_BYTES = 256 * 1024;

    /** What comes late is thrown away in so many reads at most: a peer that never pauses must not hold us. */
    static final int MAX_LATE_READS = 64;

    final InetSocketAddress target;
    final TestMessage message;
    final Stopwatch watch;
    private @Nullable Selector selector;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private boolean failed;
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
        try {
            return switch (protocol) {
                case TCP -> new TcpExchange(target, message, watch);
                case UDP -> new UdpExchange(target, message, watch);
            };
        } catch (UnsupportedOperationException ex) {
            throw (IOException)
                    new NoRouteToHostException("this host has no sockets of that address family").initCause(ex);
        }
    }

    /** Sends the message once and waits for the answer. To be called while the exchange is not over. */
    Attempt attempt(boolean last) {
        watch.again();
        received.reset();
        outcome = null;
        detail = null;
        try {
            run(last);
        } catch (IOException ex) {
            failed = true;
            Failure failure = Failure.of(ex);
            ended(failure.outcome(), failure.detail());
        }
        return new Attempt(outcome == null ? Outcome.OTHER : outcome, received.toByteArray(), watch.timing(), detail);
    }

    /** @throws IOException if the network or the peer ended it */
    abstract void run(boolean last) throws IOException;

    /** Whether no further attempt can be made on this socket. */
    abstract boolean isOver();

    abstract InetSocketAddress client();

    abstract SelectableChannel socket();

    /** Whether the last attempt was ended by the network or the peer. */
    boolean hasFailed() {
        return failed;
    }

    byte[] received() {
        return received.toByteArray();
    }

    boolean isTooMuch() {
        return received.size() > message.expectation().length() + MAX_EXTRA_BYTES;
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
