package dev.canyon.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when the process is asked to, by Ctrl-C or SIGTERM: the process waits until this is closed, and
 * then ends with a status of the command's choice instead of the signal's number. An interrupt of the command's thread asks for the same.
 */
final class Ending implements AutoCloseable {

    private static final long LONGEST_END_SECONDS = 15;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::awaitEnd, "canyon-ending");

    private final int status;

    /** @param status to end with when asked to */
    Ending(int status) {
        this.status = status;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Waits. @return whether the process was asked to end meanwhile or before */
    boolean isAskedWithin(Duration time) {
        try {
            return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ex) {
            return true;
        }
    }

    /** Runs while the process ends. To halt is the only way to choose its status then; no hook besides this one matters. */
    private void awaitEnd() {
        asked.countDown();
        try {
            if (ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(status);
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ex) {
            // The process is ending, and the hook is running.
        }
    }
}
