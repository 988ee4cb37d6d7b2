package dev.canyon.cli.listen;

import dev.canyon.engine.peer.CloseReason;
import dev.canyon.engine.peer.DropReason;
import dev.canyon.engine.peer.Peer;
import dev.canyon.engine.peer.RejectReason;
import dev.canyon.engine.peer.SocketObserver;
import dev.canyon.thread.DaemonThreads;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands events over from event loops, which must not block on a terminal or a pipe, to a printing thread. If the output is too slow, events
 * are discarded and their number is reported.
 */
final class EventPrinter implements SocketObserver, AutoCloseable {

    private static final int MAX_QUEUED = 4_096;

    private final EventFormat lines;
    private final AtomicLong discarded = new AtomicLong();
    private final CountDownLatch started = new CountDownLatch(1);
    private final ThreadPoolExecutor printer = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_QUEUED),
            this::newThread,
            (event, full) -> discarded.incrementAndGet());

    EventPrinter(EventFormat lines) {
        this.lines = lines;
    }

    /** Starts printing. Clients may connect before the line about the open port is printed. */
    void start() {
        started.countDown();
    }

    void add(EchoEvent event) {
        printer.execute(() -> print(event));
    }

    private void print(EchoEvent event) {
        printDiscarded();
        lines.event(event);
    }

    private void printDiscarded() {
        long before = discarded.getAndSet(0);
        if (before > 0) {
            lines.discarded(before);
        }
    }

    @Override
    public void accepted(Peer connection) {
        add(EchoEvent.accepted(connection));
    }

    @Override
    public void closed(Peer connection, CloseReason reason) {
        add(EchoEvent.closed(connection, reason));
    }

    @Override
    public void rejected(InetSocketAddress remote, RejectReason reason) {
        // Reported by CounterEvents: a flood of connections must not become a flood of lines.
    }

    @Override
    public void dropped(InetSocketAddress remote, DropReason reason) {
        // Reported by CounterEvents, too.
    }

    /** Prints the queued events; gives up after a second if the output blocks. */
    @Override
    public void close() {
        if (started.getCount() > 0) {
            printer.shutdownNow();
        }
        printer.shutdown();
        try {
            if (printer.awaitTermination(1, TimeUnit.SECONDS)) {
                printDiscarded();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread newThread(Runnable printing) {
        return DaemonThreads.create("canyon-events", () -> printOnceStarted(printing));
    }

    private void printOnceStarted(Runnable printing) {
        try {
            started.await();
            printing.run();
        } catch (InterruptedException ex) {
            // Closed before it was started.
        }
    }
}
