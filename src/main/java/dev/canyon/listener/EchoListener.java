package dev.canyon.listener;

import dev.canyon.definition.DefinedFaults;
import dev.canyon.definition.ListenerDefinition;
import dev.canyon.definition.VersionedDefinition;
import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.engine.fault.FaultPoint;
import dev.canyon.engine.peer.Peers;
import dev.canyon.engine.traffic.Observation;
import dev.canyon.engine.traffic.ProtocolCounters;
import dev.canyon.engine.traffic.TapPoint;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerObserver;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState;
import dev.canyon.listener.directory.ListenerState.Draining;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.listener.directory.ListenerState.Starting;
import dev.canyon.listener.directory.ListenerState.Stopped;
import dev.canyon.listener.directory.Origin;
import dev.canyon.listener.endpoint.FailureReason;
import dev.canyon.net.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One listener: its definition, port and counters, and the only place where its state changes.
 *
 * <pre>
 *   stopped, failed --opening--> starting --opened--> running --drain--> draining --stopped--> stopped
 *   starting --openingUndone--> as before, --failed--> failed
 *   running --replacing--> starting
 *   stopped --deleted
 * </pre>
 *
 * <p>Each transition requires the listener's lock, which {@link #change} holds; reading needs none and never waits.
 */
final class EchoListener {

    private final Origin origin;
    private final ListenerObserver observer;
    private final ProtocolCounters counters = new ProtocolCounters();
    private final Peers peers;
    private final TapPoint taps;
    private final FaultPoint faults;
    private final ListenerLock lock;
    private volatile Published published;
    private volatile @Nullable EchoEndpoint endpoint;
    /** Ports that this listener had before and whose connections still drain. */
    private final Set<EchoEndpoint> former = ConcurrentHashMap.newKeySet();

    private volatile Map<FailureReason, Long> failures = Map.of();
    private volatile Duration longestDrain = Duration.ofDays(1);
    private volatile boolean deleted;

    /** What readers see, replaced as a whole. */
    private record Published(VersionedDefinition defined, ListenerState state) {}

    /** @param changes runs changes that had to wait for the lock */
    EchoListener(VersionedDefinition defined, Origin origin, ListenerObserver observer, Executor changes) {
        this.origin = origin;
        this.observer = observer;
        this.peers = new Peers(observer.sockets());
        this.taps = new TapPoint(peers.connections());
        this.faults = new FaultPoint(peers.connections(), observer.faults());
        faults.define(defined.definition().faults());
        this.lock = new ListenerLock(changes);
        this.published = publish(defined, new Stopped());
    }

    /**
     * Runs a change with the lock held, see {@link ListenerLock#run}.
     *
     * @return fails with {@link ListenerNotFoundException} if the listener was deleted while the change waited for the lock
     */
    <T> CompletableFuture<T> change(Supplier<CompletableFuture<T>> change) {
        return lock.run(() -> {
            if (deleted) {
                throw new ListenerNotFoundException(name());
            }
            return change.get();
        });
    }

    ListenerLock lock() {
        return lock;
    }

    ListenerSnapshot snapshot() {
        Published seen = published;
        return new ListenerSnapshot(
                seen.defined.definition(),
                seen.defined.version(),
                origin,
                seen.state,
                counters.read(),
                faults.inForce(),
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

    ProtocolCounters counters() {
        return counters;
    }

    Peers peers() {
        return peers;
    }

    TapPoint taps() {
        return taps;
    }

    FaultPoint faults() {
        return faults;
    }

    /** Shared by all ports of a protocol that this listener opens. */
    Observation observation(Protocol protocol) {
        return new Observation(name(), counters.of(protocol), peers, observer.sockets(), taps, faults);
    }

    /** The present port, also while it drains; null if there is none. */
    @Nullable
    EchoEndpoint endpoint() {
        return endpoint;
    }

    boolean isDeleted() {
        return deleted;
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

    /** Whether a definition requires a port to be opened. A failed listener that keeps its endpoint is left to its retries. */
    boolean needsPortFor(ListenerDefinition wanted) {
        if (!wanted.enabled()) {
            return false;
        }
        EndpointSpec present = definition().endpoint();
        EndpointSpec changed = wanted.endpoint();
        EchoEndpoint open = endpoint;
        boolean sameSocket = !present.needsNewSocketFor(changed) && (open == null || open.canApply(changed));
        // One that failed for want of a certificate may have been given another.
        boolean awaitsIt = state() instanceof Failed && Objects.equals(present.tls(), changed.tls());
        return !(sameSocket && (state() instanceof Running || awaitsIt));
    }

    /** About to be added to the registry. Needs no lock, since nobody can find the listener yet. */
    void created() {
        observer.created();
    }

    /** @throws dev.canyon.engine.fault.FaultRefusedException if its faults cannot be added to the temporary ones */
    void requireDefinable(ListenerDefinition wanted) {
        faults.requireDefinable(wanted.faults());
    }

    /** Temporary faults that do not fit the changed endpoint end. */
    void define(VersionedDefinition changed) {
        lock.requireHeld();
        ListenerDefinition definition = changed.definition();
        published = publish(changed, state());
        faults.define(definition.faults(), fault -> DefinedFaults.fits(fault, definition.endpoint()));
    }

    /** Applies limits and the like of the definition to the open port, if there is one. */
    void applyDefinition() {
        lock.requireHeld();
        EchoEndpoint open = endpoint;
        if (open != null) {
            open.apply(definition().endpoint());
        }
    }

    /** A port is about to be opened. A listener that has a port keeps serving on it and stays in its state. */
    void opening() {
        lock.requireHeld();
        if (endpoint == null) {
            enter(new Starting());
        }
    }

    /** A port has been opened and accepts clients, but may still be closed again: {@link #opened} or {@link #openingUndone}. */
    void accepting(EchoEndpoint candidate) {
        lock.requireHeld();
        observer.listening(candidate);
    }

    /** An accepting port was closed again without ever becoming the listener's port. */
    void rejected(EchoEndpoint candidate) {
        lock.requireHeld();
        observer.stopped(candidate);
    }

    /** @param before the state before {@link #opening}; a listener that has a port never left it */
    void openingUndone(ListenerState before) {
        lock.requireHeld();
        if (endpoint == null) {
            enter(before);
        }
    }

    /** This is the listener's port from now on; the connections of the previous one drain. */
    void opened(EchoEndpoint opened) {
        lock.requireHeld();
        EchoEndpoint previous = endpoint;
        endpoint = opened;
        enter(new Running(opened, Instant.now()));
        retire(previous);
    }

    /** No port could be opened; a port that the listener still has is closed, and its connections drain. */
    void failed(Failed failure) {
        lock.requireHeld();
        retire(detach());
        Map<FailureReason, Long> counted = new EnumMap<>(FailureReason.class);
        counted.putAll(failures);
        counted.merge(failure.reason(), 1L, Long::sum);
        failures = Collections.unmodifiableMap(counted);
        enter(failure);
        observer.failed(failure);
    }

    /** Gives the port up in favour of one that is not open yet; the connections drain. */
    void replacing() {
        lock.requireHeld();
        EchoEndpoint previous = detach();
        enter(new Starting());
        retire(previous);
    }

    /**
     * Closes the port to new clients and lets the connections drain, also those of former ports.
     *
     * @return completes when all have ended, on an event loop or a timer thread; {@link #stopped} is to follow
     */
    CompletableFuture<Void> drain() {
        lock.requireHeld();
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        EchoEndpoint open = endpoint;
        if (open != null) {
            enter(new Draining(open));
            closing.add(open.close(drainTimeout()));
        }
        former.forEach(port -> closing.add(port.close(drainTimeout())));
        return CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new));
    }

    void stopped() {
        lock.requireHeld();
        EchoEndpoint closed = detach();
        peers().forgetSources();
        enter(new Stopped());
        if (closed != null) {
            observer.stopped(closed);
        }
    }

    /** Deleted: no other transition follows. */
    void deleted() {
        lock.requireHeld();
        deleted = true;
        try {
            faults.close();
            taps.close();
        } finally {
            observer.deleted();
        }
    }

    /** Limits drains that are under way and all that follow. Needs no lock. */
    void limitDrain(Duration longest) {
        // Set first: a drain that begins meanwhile either reads it, or has published the port that is shortened below.
        longestDrain = longest;
        EchoEndpoint open = endpoint;
        if (open != null && state() instanceof Draining) {
            open.close(longest);
        }
        former.forEach(port -> port.close(longest));
    }

    private Duration drainTimeout() {
        Duration wanted = definition().drainTimeout();
        return wanted.compareTo(longestDrain) < 0 ? wanted : longestDrain;
    }

    private @Nullable EchoEndpoint detach() {
        EchoEndpoint had = endpoint;
        endpoint = null;
        return had;
    }

    private void retire(@Nullable EchoEndpoint port) {
        if (port == null) {
            return;
        }
        former.add(port);
        port.close(drainTimeout()).whenComplete((done, failure) -> {
            former.remove(port);
            observer.stopped(port);
        });
    }

    private void enter(ListenerState state) {
        published = publish(defined(), state);
    }

    /** Creates the counters of the protocol, so that they are zero rather than missing until a port is open. */
    private Published publish(VersionedDefinition defined, ListenerState state) {
        counters.of(defined.definition().protocol());
        return new Published(defined, state);
    }
}
