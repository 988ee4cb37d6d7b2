package dev.canyon.engine.kernel;

import dev.canyon.net.LocalAddresses;
import dev.canyon.thread.DaemonThreads;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads the addresses of this host every five seconds on its own thread, and passes them to its observers. */
public final class AddressWatch implements AutoCloseable {

    private static final InternalLogger log = InternalLoggerFactory.getInstance(AddressWatch.class);
    private static final long INTERVAL_SECONDS = 5;

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("canyon-addresses"));
    private final List<Consumer<LocalAddresses>> observers = new CopyOnWriteArrayList<>();
    private volatile LocalAddresses current = new LocalAddresses(Set.of(), Set.of());

    public AddressWatch() {
        read();
        timer.scheduleWithFixedDelay(this::read, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    public LocalAddresses current() {
        return current;
    }

    /** @param observer called after each read, on the thread of the watch */
    public void addObserver(Consumer<LocalAddresses> observer) {
        observers.add(observer);
    }

    public void removeObserver(Consumer<LocalAddresses> observer) {
        observers.remove(observer);
    }

    private void read() {
        try {
            LocalAddresses seen = LocalAddresses.read();
            current = seen;
            observers.forEach(observer -> notify(observer, seen));
        } catch (SocketException ex) {
            log.warn("Could not read the host addresses; using the previous ones", ex);
        }
    }

    /** A failing observer does not prevent the others from being called. */
    private static void notify(Consumer<LocalAddresses> observer, LocalAddresses seen) {
        try {
            observer.accept(seen);
        } catch (RuntimeException ex) {
            log.warn("An endpoint failed to handle a change of host addresses", ex);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
