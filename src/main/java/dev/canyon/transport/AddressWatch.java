package dev.canyon.transport;

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

/** Looks at this host's addresses every five seconds, on a thread of its own, and tells those who follow what it saw. */
final class AddressWatch implements AutoCloseable {

    private static final InternalLogger log = InternalLoggerFactory.getInstance(AddressWatch.class);
    private static final long LOOK_EVERY_SECONDS = 5;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "canyon-addresses");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Consumer<LocalAddresses>> followers = new CopyOnWriteArrayList<>();
    private volatile LocalAddresses current = new LocalAddresses(Set.of(), Set.of());

    AddressWatch() {
        look();
        timer.scheduleWithFixedDelay(this::look, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    LocalAddresses current() {
        return current;
    }

    /** @param follower is told at each look, on the watch's thread */
    void follow(Consumer<LocalAddresses> follower) {
        followers.add(follower);
    }

    void unfollow(Consumer<LocalAddresses> follower) {
        followers.remove(follower);
    }

    private void look() {
        try {
            LocalAddresses seen = LocalAddresses.look();
            current = seen;
            followers.forEach(follower -> tell(follower, seen));
        } catch (SocketException ex) {
            log.warn("This host's addresses could not be read; those known before stay in use", ex);
        }
    }

    /** What goes wrong for one follower does not concern the others. */
    private static void tell(Consumer<LocalAddresses> follower, LocalAddresses seen) {
        try {
            follower.accept(seen);
        } catch (RuntimeException ex) {
            log.warn("An endpoint could not follow a change of this host's addresses", ex);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
