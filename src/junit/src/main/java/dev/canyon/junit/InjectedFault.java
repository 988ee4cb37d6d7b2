package dev.canyon.junit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A fault of a listener, until it is removed or the test ends. */
public final class InjectedFault {

    private final EchoListener listener;
    private final String id;
    private final LongSupplier applied;
    private final Runnable removal;
    private boolean removed;

    InjectedFault(EchoListener listener, String id, LongSupplier applied, Runnable removal) {
        this.listener = listener;
        this.id = id;
        this.applied = applied;
        this.removal = removal;
    }

    /**
     * The number of connections or datagrams to which it was applied. {@link Faults#corrupt} counts blocks of 1024 bytes instead of
     * connections. 0 for connects that the kernel refuses.
     */
    public long applied() {
        return applied.getAsLong();
    }

    /**
     * Waits until {@link #applied} has reached this number.
     *
     * @throws AssertionError if that takes longer or the thread is interrupted; contains the last events of the listener
     */
    public void awaitApplied(long count, Duration timeout) {
        listener.await(
                () -> applied() >= count,
                timeout,
                () -> "fault " + id + " to be applied " + count + " times, but was " + applied());
    }

    /**
     * Removes the fault. What it holds back is sent. Does nothing if it is removed already.
     *
     * @throws RuntimeException if the fault refused connects and another socket listens on the port now; can be called again
     */
    public synchronized void remove() {
        if (!removed) {
            removal.run();
            removed = true;
        }
    }
}
