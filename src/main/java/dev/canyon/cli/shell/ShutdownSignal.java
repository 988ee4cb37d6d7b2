package dev.canyon.cli.shell;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command finish on Ctrl-C or SIGTERM: the process waits until this object is closed and then exits with the given status
 * instead of the signal's. An interrupt of the command's thread has the same effect.
 */
public final class ShutdownSignal implements AutoCloseable {

    private static final long MAX_WAIT_SECONDS = 15;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::awaitClose, "canyon-shutdown");

    private final int status;

    /** @param status exit status after a signal */
    public ShutdownSignal(int status) {
        this.status = status;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Waits for a signal. @return whether one has arrived, now or earlier */
    public boolean isRequestedWithin(Duration time) {
        try {
            return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ex) {
            return true;
        }
    }

    /** Runs as a shutdown hook, in which halt() is the only way to set the exit status. No other hook matters. */
    private void awaitClose() {
        requested.countDown();
        try {
            if (closed.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(status);
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ex) {
            // The JVM is shutting down and the hook is running.
        }
    }
}
