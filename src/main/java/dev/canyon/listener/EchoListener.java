package dev.canyon.listener;

import dev.canyon.listener.ListenerState.Draining;
import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.listener.ListenerState.Stopped;
import dev.canyon.transport.EchoEndpoint;
import dev.canyon.transport.EndpointCounters;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.Observation;
import dev.canyon.transport.Peers;
import dev.canyon.transport.TapPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One listener: its definition, its state, its port and its counters.
 *
 * <p>Changes are made one at a time, under its lock; reading never waits for one.
 */
final class EchoListener {

    private final Origin origin;
    private final ListenerObserver observer;
    private final Observation observation;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Published published;
    private volatile @Nullable EchoEndpoint endpoint;
    /** Ports that it had before, whose connections have not ended yet. */
    private final Set<EchoEndpoint> former = ConcurrentHashMap.newKeySet();

    private volatile Map<FailureReason, Long> failures = Map.of();
    private volatile boolean forgotten;

    /** What readers see, swapped as a whole. */
    private record Published(VersionedDefinition defined, ListenerState state) {}

    EchoListener(VersionedDefinition defined, Origin origin, ListenerObserver observer) {
        this.origin = origin;
        this.observer = observer;
        this.observation = Observation.by(observer.sockets());
        this.published = new Published(defined, new Stopped());
    }

    ListenerSnapshot snapshot() {
        Published seen = published;
        return new ListenerSnapshot(
                seen.defined.definition(),
                seen.defined.version(),
                origin,
                seen.state,
                counters().read(),
                failures);
    }

    String name() {
        return definition().name();
    }

    Origin origin() {
        return origin;
    }

    VersionedDefinition defined() {
        return published.defined;
    }

    ListenerDefinition definition() {
        return published.defined.definition();
    }

    ListenerState state() {
        return published.state;
    }

    EndpointCounters counters() {
        return observation.counters();
    }

    Peers peers() {
        return observation.peers();
    }

    TapPoint taps() {
        return observation.taps();
    }

    /** For each of its ports. */
    Observation observation() {
        return observation;
    }

    /** The port it has, if it has one. */
    @Nullable
    EchoEndpoint endpoint() {
        return endpoint;
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

    /** For who changes several at once, and takes their locks in the order of their names. */
    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** It is about to be in the registry, so that others can find it. */
    void appear() {
        observer.created();
    }

    void forget() {
        forgotten = true;
        try {
            observation.taps().close();
        } finally {
            observer.deleted();
        }
    }

    boolean isForgotten() {
        return forgotten;
    }

    void requireVersion(long expected) {
        if (defined().version() != expected) {
            throw new StaleVersionException(name(), defined().version());
        }
    }

    void requireChangeable() {
        if (origin == Origin.CONFIGURATION) {
            throw new ListenerReadOnlyException(name());
        }
    }

    void define(VersionedDefinition changed) {
        published = new Published(changed, state());
    }

    void enter(ListenerState state) {
        published = new Published(defined(), state);
    }

    /** A port was opened for it, and lets clients in from now on. */
    void tellOpened(EchoEndpoint opened) {
        observer.listening(opened);
    }

    /** A port that was opened for it is closed, and was never its own. */
    void tellUndone(EchoEndpoint opened) {
        observer.stopped(opened);
    }

    /** Has this port from now on. */
    void serve(EchoEndpoint opened) {
        endpoint = opened;
        enter(new Running(opened, Instant.now()));
    }

    /** Could not be opened; counts it. */
    void fail(Failed failure) {
        Map<FailureReason, Long> counted = new EnumMap<>(FailureReason.class);
        counted.putAll(failures);
        counted.merge(failure.reason(), 1L, Long::sum);
        failures = Collections.unmodifiableMap(counted);
        enter(failure);
        observer.failed(failure);
    }

    /** Has no port from now on; what happens to the one it had is up to the caller. */
    @Nullable
    EchoEndpoint detach() {
        EchoEndpoint had = endpoint;
        endpoint = null;
        return had;
    }

    /** Leaves a port that it no longer has to drain; who closes the listener waits for that too. */
    void drain(EchoEndpoint port, Duration atMost) {
        former.add(port);
        port.close(atMost).whenComplete((done, failed) -> {
            former.remove(port);
            observer.stopped(port);
        });
    }

    /** Whether a port has to be opened to be as wanted. One that failed and still wants the same is left to its retries. */
    boolean needsPortFor(ListenerDefinition wanted) {
        boolean sameSocket = !definition().endpoint().needsNewSocketFor(wanted.endpoint());
        boolean hasOrAwaitsIt = state() instanceof Running || state() instanceof Failed;
        return wanted.enabled() && !(sameSocket && hasOrAwaitsIt);
    }

    /** Takes over limits and the like on the open port. */
    void apply(EndpointSpec changed) {
        EchoEndpoint open = endpoint;
        if (open != null) {
            open.apply(changed);
        }
    }

    /** Closes the port and waits until the connections have drained. Does nothing but end a failure if it is closed. */
    void close() {
        beginClose(definition().drainTimeout()).join();
        EchoEndpoint closed = detach();
        peers().forgetSources();
        enter(new Stopped());
        if (closed != null) {
            observer.stopped(closed);
        }
    }

    /**
     * Closes the port to new clients and leaves those connected to drain, those of former ports too.
     *
     * @param atMost cuts a drain timeout that is longer
     * @return completes when all have ended
     */
    CompletableFuture<Void> beginClose(Duration atMost) {
        Duration wanted = definition().drainTimeout();
        Duration drain = wanted.compareTo(atMost) < 0 ? wanted : atMost;
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        EchoEndpoint open = endpoint;
        if (open != null) {
            enter(new Draining(open));
            closing.add(open.close(drain));
        }
        former.forEach(port -> closing.add(port.close(drain)));
        return CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new));
    }

    /** Shortens a drain that somebody waits for, and those that nobody does. Needs no lock. */
    void hurry(Duration atMost) {
        EchoEndpoint open = endpoint;
        if (open != null && state() instanceof Draining) {
            open.close(atMost);
        }
        former.forEach(port -> port.close(atMost));
    }
}
