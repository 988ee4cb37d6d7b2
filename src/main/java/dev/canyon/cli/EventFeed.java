package dev.canyon.cli;

import dev.canyon.transport.CloseReason;
import dev.canyon.transport.DropReason;
import dev.canyon.transport.Peer;
import dev.canyon.transport.RejectReason;
import dev.canyon.transport.SocketObserver;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes what event loops tell to a thread that prints it: they must not wait for a terminal or a pipe. If that cannot keep up,
 * events are left out, and it is said how many.
 */
final class EventFeed implements SocketObserver, AutoCloseable {

    private static final int MOST_WAITING = 4_096;

    private final EventLines lines;
    private final AtomicLong missed = new AtomicLong();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final ThreadPoolExecutor printer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            this::newThread,
            (event, full) -> missed.incrementAndGet());

    EventFeed(EventLines lines) {
        this.lines = lines;
    }

    /** Until now nothing is printed: clients may come before it is said that a port is open. */
    void begin() {
        begun.countDown();
    }

    void tell(EchoEvent event) {
        printer.execute(() -> print(event));
    }

    private void print(EchoEvent event) {
        tellMissed();
        lines.happened(event);
    }

    private void tellMissed() {
        long before = missed.getAndSet(0);
        if (before > 0) {
            lines.missed(before);
        }
    }

    @Override
    public void accepted(Peer connection) {
        tell(EchoEvent.accepted(connection));
    }

    @Override
    public void closed(Peer connection, CloseReason reason) {
        tell(EchoEvent.closed(connection, reason));
    }

    @Override
    public void rejected(InetSocketAddress remote, RejectReason reason) {
        // Counted, and told by Tally: a flood would be one of lines as well.
    }

    @Override
    public void dropped(InetSocketAddress remote, DropReason reason) {
        // The same.
    }

    /** What was told before is printed yet, unless nobody takes it for a second. */
    @Override
    public void close() {
        if (begun.getCount() > 0) {
            printer.shutdownNow();
        }
        printer.shutdown();
        try {
            if (printer.awaitTermination(1, TimeUnit.SECONDS)) {
                tellMissed();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread newThread(Runnable printing) {
        Thread thread = new Thread(() -> printOnceBegun(printing), "canyon-events");
        thread.setDaemon(true);
        return thread;
    }

    private void printOnceBegun(Runnable printing) {
        try {
            begun.await();
            printing.run();
        } catch (InterruptedException ex) {
            // Closed before anything was to be printed.
        }
    }
}
