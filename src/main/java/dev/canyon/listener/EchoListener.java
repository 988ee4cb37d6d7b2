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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One listener: its definition, its state and its counters.
 *
 * <p>Changes are made one at a time, inside {@link #exclusively}; reading never waits for one.
 */
final class EchoListener {

    private final EchoTransport transport;
    private final Origin origin;
    private final EndpointCounters counters = new EndpointCounters();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Face face;
    private boolean forgotten;

    /** What readers see, swapped as a whole. */
    private record Face(ListenerDefinition definition, long version, ListenerState state) {
        Face in(ListenerState changed) {
            return new Face(definition, version, changed);
        }
    }

    EchoListener(EchoTransport transport, ListenerDefinition definition, Origin origin) {
        this.transport = transport;
        this.origin = origin;
        this.face = new Face(definition, 1, new Stopped());
    }

    ListenerSnapshot snapshot() {
        Face seen = face;
        return new ListenerSnapshot(seen.definition, seen.version, origin, seen.state, counters.read());
    }

    String name() {
        return definition().name();
    }

    ListenerDefinition definition() {
        return face.definition;
    }

    ListenerState state() {
        return face.state;
    }

    /** @throws ListenerNotFoundException if the listener was deleted while the caller waited for its turn */
    <T> T exclusively(Supplier<T> change) {
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

    void forget() {
        forgotten = true;
    }

    void requireVersion(long expected) {
        if (face.version != expected) {
            throw new StaleVersionException(name(), face.version);
        }
    }

    void requireChangeable() {
        if (origin == Origin.CONFIGURATION) {
            throw new ListenerReadOnlyException(name());
        }
    }

    /** Takes over a definition; its version grows unless it is the same. */
    void define(ListenerDefinition changed) {
        if (!changed.equals(face.definition)) {
            face = new Face(changed, face.version + 1, face.state);
        }
    }

    void resetCounters() {
        counters.reset();
    }

    /**
     * Opens the port, unless it is open. If that fails the state is what it was before.
     *
     * @throws dev.canyon.transport.BindFailedException if the port cannot be bound
     */
    void open() {
        ListenerState before = face.state;
        if (before instanceof Running) {
            return;
        }
        face = face.in(new Starting());
        try {
            EchoEndpoint endpoint = transport.open(definition().endpoint(), counters);
            face = face.in(new Running(endpoint, Instant.now()));
        } catch (RuntimeException ex) {
            face = face.in(before);
            throw ex;
        }
    }

    /** Closes the port and waits until the connections have drained. Does nothing but end a failure if it is closed. */
    void close() {
        if (face.state instanceof Running running) {
            face = face.in(new Draining(running.endpoint()));
            running.endpoint().close(definition().drainTimeout()).join();
        }
        face = face.in(new Stopped());
    }

    /** Begins to close without a word about whether it shall be open: for the end of the process. */
    CompletableFuture<Void> drain(Duration atMost) {
        if (!(face.state instanceof Running running)) {
            return CompletableFuture.completedFuture(null);
        }
        face = face.in(new Draining(running.endpoint()));
        Duration wanted = definition().drainTimeout();
        return running.endpoint()
                .close(wanted.compareTo(atMost) < 0 ? wanted : atMost)
                .thenRun(() -> face = face.in(new Stopped()));
    }

    void fail(Failed failure) {
        face = face.in(failure);
    }

    /**
     * Serves {@code changed} from now on, on another socket if it takes one. Where both sockets can be bound at once the
     * new one is opened first; else the old one is closed first and, should the new one fail, opened again.
     *
     * @throws dev.canyon.transport.BindFailedException if the new port cannot be bound: the old one serves on
     */
    void serve(EndpointSpec changed) {
        if (!(face.state instanceof Running running)) {
            return;
        }
        EndpointSpec current = definition().endpoint();
        if (!current.needsNewSocketFor(changed)) {
            running.endpoint().apply(changed);
            return;
        }
        EchoEndpoint opened = canCoexist(running.endpoint(), changed)
                ? openBeside(running.endpoint(), changed)
                : openInstead(running.endpoint(), current, changed);
        face = face.in(new Running(opened, Instant.now()));
    }

    private static boolean canCoexist(EchoEndpoint open, EndpointSpec wanted) {
        return open.protocol() != wanted.protocol()
                || !ListenAddress.overlap(open.address(), wanted.address().resolve());
    }

    private EchoEndpoint openBeside(EchoEndpoint old, EndpointSpec wanted) {
        EchoEndpoint opened = transport.open(wanted, counters);
        old.close(definition().drainTimeout());
        return opened;
    }

    private EchoEndpoint openInstead(EchoEndpoint old, EndpointSpec current, EndpointSpec wanted) {
        InetSocketAddress bound = old.address();
        old.close(definition().drainTimeout());
        try {
            return transport.open(wanted, counters);
        } catch (RuntimeException ex) {
            // The same port again, also where the system had chosen it.
            face = face.in(new Running(transport.open(current.onPort(bound.getPort()), counters), Instant.now()));
            throw ex;
        }
    }
}
