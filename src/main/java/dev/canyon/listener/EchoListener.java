package dev.canyon.listener;

import dev.canyon.listener.ListenerState.Draining;
import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.listener.ListenerState.Starting;
import dev.canyon.listener.ListenerState.Stopped;
import dev.canyon.transport.EchoEndpoint;
import dev.canyon.transport.EchoTransport;
import dev.canyon.transport.EndpointCounters;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.ListenAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One listener: its definition, its state and its counters.
 *
 * <p>Changes are made one at a time, {@link #withLock}; reading never waits for one.
 */
final class EchoListener {

    private final EchoTransport transport;
    private final Origin origin;
    private final LongSupplier versions;
    private final EndpointCounters counters = new EndpointCounters();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Published published;
    private volatile @Nullable EchoEndpoint endpoint;
    private boolean forgotten;

    /** What readers see, swapped as a whole. */
    private record Published(ListenerDefinition definition, long version, ListenerState state) {
        Published in(ListenerState changed) {
            return new Published(definition, version, changed);
        }
    }

    /** @param versions gives a number that no version of any listener had before */
    EchoListener(EchoTransport transport, ListenerDefinition definition, Origin origin, LongSupplier versions) {
        this.transport = transport;
        this.origin = origin;
        this.versions = versions;
        this.published = new Published(definition, versions.getAsLong(), new Stopped());
    }

    ListenerSnapshot snapshot() {
        Published seen = published;
        return new ListenerSnapshot(seen.definition, seen.version, origin, seen.state, counters.read());
    }

    String name() {
        return definition().name();
    }

    ListenerDefinition definition() {
        return published.definition;
    }

    ListenerState state() {
        return published.state;
    }

    /** @throws ListenerNotFoundException if the listener was deleted while the caller waited for its turn */
    <T> T withLock(Supplier<T> change) {
        lock.lock();
        try {
            if (forgotten) {
                throw new ListenerNotFoundException(name());
            }
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    /** Makes a change if nobody else does within the time. @return whether it was made */
    boolean tryWithLock(Duration wait, Runnable change) {
        try {
            if (!lock.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            if (!forgotten) {
                change.run();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    void forget() {
        forgotten = true;
    }

    void requireVersion(long expected) {
        if (published.version != expected) {
            throw new StaleVersionException(name(), published.version);
        }
    }

    void requireChangeable() {
        if (origin == Origin.CONFIGURATION) {
            throw new ListenerReadOnlyException(name());
        }
    }

    /** Takes over a definition; it gets a new version unless it is the same. */
    void define(ListenerDefinition changed) {
        if (!changed.equals(definition())) {
            published = new Published(changed, versions.getAsLong(), state());
        }
    }

    void resetCounters() {
        counters.reset();
    }

    /**
     * Opens a port. If that fails the state is what it was before.
     *
     * @return what is bound
     * @throws dev.canyon.transport.BindFailedException if the port cannot be bound
     */
    InetSocketAddress open(InetSocketAddress address, EndpointSpec spec) {
        ListenerState before = state();
        enter(new Starting());
        try {
            return run(transport.open(address, spec, counters));
        } catch (RuntimeException ex) {
            enter(before);
            throw ex;
        }
    }

    /** Closes the port and waits until the connections have drained. Does nothing but end a failure if it is closed. */
    void close() {
        EchoEndpoint open = endpoint;
        if (open != null) {
            enter(new Draining(open));
            open.close(definition().drainTimeout()).join();
            endpoint = null;
        }
        enter(new Stopped());
    }

    void fail(Failed failure) {
        enter(failure);
    }

    /** Shortens a drain that somebody waits for. Needs no lock. */
    void hurry(Duration atMost) {
        EchoEndpoint open = endpoint;
        if (open != null && state() instanceof Draining) {
            open.close(atMost);
        }
    }

    /** Begins to close, without a word about whether it shall be open: for the end of the process. */
    CompletableFuture<Void> beginClose(Duration atMost) {
        EchoEndpoint open = endpoint;
        if (open == null) {
            return CompletableFuture.completedFuture(null);
        }
        enter(new Draining(open));
        Duration wanted = definition().drainTimeout();
        return open.close(wanted.compareTo(atMost) < 0 ? wanted : atMost);
    }

    /** Takes over limits and the like on the open port. */
    void apply(EndpointSpec changed) {
        EchoEndpoint open = endpoint;
        if (open != null) {
            open.apply(changed);
        }
    }

    /**
     * Serves {@code spec} on another socket from now on. Where both can be bound at once the new one is opened first; else
     * the old one is closed first and, should the new one fail, opened again on the same port. If not even that succeeds
     * the listener is stopped.
     *
     * @return what is bound
     * @throws dev.canyon.transport.BindFailedException if the new port cannot be bound
     */
    InetSocketAddress move(InetSocketAddress address, EndpointSpec spec) {
        EchoEndpoint old = endpoint;
        if (old == null) {
            return open(address, spec);
        }
        boolean coexist = old.protocol() != spec.protocol() || !ListenAddress.overlap(old.address(), address);
        if (coexist) {
            EchoEndpoint opened = transport.open(address, spec, counters);
            old.close(definition().drainTimeout());
            return run(opened);
        }
        old.close(definition().drainTimeout());
        try {
            return run(transport.open(address, spec, counters));
        } catch (RuntimeException ex) {
            reopen(old.address(), ex);
            throw ex;
        }
    }

    private void reopen(InetSocketAddress address, RuntimeException cause) {
        try {
            run(transport.open(address, definition().endpoint(), counters));
        } catch (RuntimeException ex) {
            endpoint = null;
            enter(new Stopped());
            cause.addSuppressed(ex);
        }
    }

    private InetSocketAddress run(EchoEndpoint opened) {
        endpoint = opened;
        enter(new Running(opened, Instant.now()));
        return opened.address();
    }

    private void enter(ListenerState state) {
        published = published.in(state);
    }
}
