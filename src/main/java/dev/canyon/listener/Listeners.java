package dev.canyon.listener;

import dev.canyon.definition.ListenerDefinition;
import dev.canyon.definition.VersionedDefinition;
import dev.canyon.engine.peer.CloseMode;
import dev.canyon.engine.peer.Peer;
import dev.canyon.listener.PortBinder.Opening;
import dev.canyon.listener.directory.ListenerNotFoundException;
import dev.canyon.listener.directory.ListenerObserver;
import dev.canyon.listener.directory.ListenerSnapshot;
import dev.canyon.listener.directory.ListenerState.Running;
import dev.canyon.listener.directory.ListenerState.Stopped;
import dev.canyon.listener.directory.Origin;
import dev.canyon.thread.Futures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every operation on listeners. Once an operation has completed, a port that was opened accepts clients, one that was closed
 * refuses them, and the definition survives a restart of the process. An operation that fails has changed nothing, except for
 * {@link #restart}.
 *
 * <p>May be called from any thread but an event loop. Operations on one listener are executed in the order in which they
 * are called, so one may have to wait for the drain of another; those on different listeners are independent. An operation
 * that may have to wait returns a future and holds no thread meanwhile; it does as much as it can on the calling thread, and
 * completes on a thread that may block briefly.
 *
 * <p>All operations fail with {@link ListenerNotFoundException} if there is no such listener, {@link
 * StoreUnavailableException} if the change cannot be stored or stored listeners have not been loaded yet, and {@link
 * ShuttingDownException} once the process is shutting down. The futures carry these failures, also those found immediately.
 */
public final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    /** How long the shutdown waits, beyond the drain, for sockets to close and for operations under way to complete. */
    private static final Duration CLOSE_MARGIN = Duration.ofSeconds(3);

    private final ListenerRegistry registry;
    private final ListenerStore store;
    private final ListenerBeans beans;
    private final PortBinder ports;
    private final ChangeExecutor changes;
    private final ListenerObserver.Factory observers;
    private final Versions versions = new Versions();
    private volatile boolean shuttingDown;

    Listeners(
            ListenerRegistry registry,
            ListenerStore store,
            ListenerBeans beans,
            PortBinder ports,
            ChangeExecutor changes,
            ListenerObserver.Factory observers) {
        this.registry = registry;
        this.store = store;
        this.beans = beans;
        this.ports = ports;
        this.changes = changes;
        this.observers = observers;
    }

    /**
     * Creates a listener and opens it if it is enabled. Never waits for another operation.
     *
     * @throws ListenerExistsException if the name is taken
     * @throws dev.canyon.listener.endpoint.EndpointNotAllowedException if the limits do not allow a listener there
     * @throws dev.canyon.listener.endpoint.EndpointTakenException if another enabled listener has the endpoint
     * @throws dev.canyon.net.BindFailedException if the port cannot be bound
     * @throws dev.canyon.engine.kernel.LimitReachedException if the number of listeners is at its limit, or the process has
     *     too few descriptors for another one
     */
    public ListenerSnapshot create(ListenerDefinition definition) {
        EchoListener listener = newListener(versions.next(definition), Origin.API);
        CompletableFuture<ListenerSnapshot> created = change(listener, () -> {
            registry.requireComplete();
            registry.reserve(List.of(listener), 0);
            try {
                beans.publish(definition.name(), this);
                replaceDefinition(listener, listener.defined(), definition.enabled());
            } catch (RuntimeException ex) {
                ports.close(listener);
                forget(listener);
                throw ex;
            }
            LifecycleLog.log("Created", listener);
            return DONE;
        });
        // Completed: nobody else has this lock, and a new listener has nothing to drain.
        return ChangeExecutor.join(created);
    }

    /** A closed listener that is not in the registry yet. */
    EchoListener newListener(VersionedDefinition first, Origin origin) {
        return new EchoListener(first, origin, observers.observe(first.name()), changes);
    }

    /**
     * Adds a listener that the configuration declares, closed until {@link #openEnabled}.
     *
     * @throws ListenerExistsException if the name is declared twice
     */
    void declare(ListenerDefinition definition) {
        EchoListener listener = newListener(versions.next(definition), Origin.CONFIGURATION);
        registry.reserve(List.of(listener), 0);
        beans.publish(definition.name(), this);
    }

    /**
     * Adds the stored listeners, closed until {@link #openEnabled}. A stored listener whose name is also declared stays in
     * the store and is not added.
     *
     * @throws StoreUnavailableException if they cannot be read; nothing was added
     */
    void restore() {
        for (VersionedDefinition stored : store.load()) {
            versions.follow(stored.version());
            Optional<EchoListener> present = registry.lookUp(stored.name());
            if (present.isPresent()) {
                // One of origin API was added by an earlier attempt that failed later on.
                if (present.get().origin() == Origin.CONFIGURATION) {
                    log.warn("Listener '{}' is both stored and declared: using the declaration", stored.name());
                }
            } else {
                registry.add(newListener(stored, Origin.API));
                beans.publish(stored.name(), this);
            }
        }
    }

    /**
     * Opens every enabled listener that is not open. One that cannot be opened is failed and retried.
     *
     * @return completes when each has been tried, except for those on which another operation is under way: they follow
     *     when it has completed
     */
    CompletableFuture<Void> openEnabled() {
        List<EchoListener> enabled = registry.listeners()
                .filter(listener -> listener.definition().enabled())
                .toList();
        return changes.forEach(enabled, listener -> {
            Supplier<CompletableFuture<Void>> opening = () -> openIfEnabled(listener);
            return listener.lock().tryRun(opening).orElseGet(() -> {
                listener.lock().run(opening);
                return DONE;
            });
        });
    }

    private CompletableFuture<Void> openIfEnabled(EchoListener listener) {
        boolean wanted = listener.definition().enabled() && !listener.isDeleted() && !shuttingDown;
        return wanted && listener.state() instanceof Stopped ? ports.openOrRetry(listener) : DONE;
    }

    /**
     * Gives a listener another definition of the same name. If the listener is running and the change requires another
     * socket, the connections of the old one drain; the operation does not wait for them unless it disables the listener.
     *
     * @param expectedVersion reject unless the definition is at this version
     * @return fails with
     *     <ul>
     *       <li>{@link StaleVersionException} if the definition is at another version
     *       <li>{@link ListenerReadOnlyException} if it is declared in the configuration
     *       <li>{@link dev.canyon.engine.fault.FaultRefusedException} if a temporary fault has the id of one of its faults
     *       <li>{@link dev.canyon.listener.endpoint.EndpointNotAllowedException} if the limits do not allow a listener there
     *       <li>{@link dev.canyon.listener.endpoint.EndpointTakenException} if another enabled listener has the endpoint
     *       <li>{@link dev.canyon.net.BindFailedException} if the new port cannot be bound
     *     </ul>
     */
    public CompletableFuture<ListenerSnapshot> change(ListenerDefinition definition, OptionalLong expectedVersion) {
        return change(definition, expectedVersion, Listeners::doNothing);
    }

    /** @param stored called once the change is stored, while connections may still drain if it disables the listener */
    public CompletableFuture<ListenerSnapshot> change(
            ListenerDefinition definition, OptionalLong expectedVersion, Runnable stored) {
        return change(definition.name(), stored, listener -> {
            listener.requireChangeable();
            expectedVersion.ifPresent(listener::requireVersion);
            if (definition.equals(listener.definition())) {
                return DONE;
            }
            listener.requireDefinable(definition);
            return replaceDefinition(listener, versions.next(definition), listener.needsPortFor(definition))
                    .thenRun(() -> LifecycleLog.log("Changed", listener));
        });
    }

    /** Opens the new port, which may fail, then stores the definition. The old port is closed only if both have succeeded. */
    private CompletableFuture<Void> replaceDefinition(
            EchoListener listener, VersionedDefinition next, boolean needsPort) {
        ListenerDefinition wanted = next.definition();
        Opening opening = needsPort ? ports.open(listener, wanted.endpoint()) : null;
        try {
            if (listener.origin() == Origin.API) {
                store.save(next);
            }
        } catch (RuntimeException ex) {
            if (opening != null) {
                opening.undo(ex);
            }
            throw ex;
        }
        listener.define(next);
        if (opening != null) {
            opening.keep();
            return DONE;
        }
        if (wanted.enabled()) {
            listener.applyDefinition();
            return DONE;
        }
        return ports.close(listener);
    }

    /**
     * Drains, closes and forgets a listener.
     *
     * @return its last snapshot; fails with {@link StaleVersionException} if the definition is at another version than the
     *     expected one, {@link ListenerReadOnlyException} if it is declared in the configuration
     */
    public CompletableFuture<ListenerSnapshot> delete(String name, OptionalLong expectedVersion) {
        return delete(name, expectedVersion, Listeners::doNothing);
    }

    /** @param stored called once the listener is deleted from the store, while its connections may still drain */
    public CompletableFuture<ListenerSnapshot> delete(String name, OptionalLong expectedVersion, Runnable stored) {
        return change(name, stored, listener -> {
            listener.requireChangeable();
            expectedVersion.ifPresent(listener::requireVersion);
            store.delete(name);
            return ports.close(listener).thenRun(() -> {
                forget(listener);
                LifecycleLog.log("Deleted", listener);
            });
        });
    }

    /**
     * Opens the port and enables the listener; does nothing if it is running.
     *
     * @return fails with
     *     <ul>
     *       <li>{@link dev.canyon.listener.endpoint.EndpointNotAllowedException} if the limits do not allow a listener there
     *       <li>{@link dev.canyon.listener.endpoint.EndpointTakenException} if another enabled listener has the endpoint
     *       <li>{@link dev.canyon.net.BindFailedException} if the port cannot be bound
     *     </ul>
     */
    public CompletableFuture<ListenerSnapshot> start(String name) {
        return change(name, this::start);
    }

    private CompletableFuture<Void> start(EchoListener listener) {
        if (listener.state() instanceof Running) {
            return DONE;
        }
        return replaceDefinition(listener, enabled(listener, true), true)
                .thenRun(() -> LifecycleLog.log("Started", listener));
    }

    /** Disables the listener, drains and closes it; ends the retries of a failed one. */
    public CompletableFuture<ListenerSnapshot> stop(String name) {
        return stop(name, Listeners::doNothing);
    }

    /** @param stored called once the change is stored, while the connections may still drain */
    public CompletableFuture<ListenerSnapshot> stop(String name, Runnable stored) {
        return change(name, stored, listener -> {
            if (!listener.definition().enabled()) {
                return DONE;
            }
            return replaceDefinition(listener, enabled(listener, false), false)
                    .thenRun(() -> LifecycleLog.log("Stopped", listener));
        });
    }

    private VersionedDefinition enabled(EchoListener listener, boolean wanted) {
        ListenerDefinition definition = listener.definition();
        return definition.enabled() == wanted ? listener.defined() : versions.next(definition.enabled(wanted));
    }

    /**
     * Drains and closes the port if it is open, and opens it. If it cannot be opened again the listener is failed and
     * retried; one that was stopped stays stopped.
     *
     * @return fails as {@link #start}
     */
    public CompletableFuture<ListenerSnapshot> restart(String name) {
        return restart(name, Listeners::doNothing);
    }

    /** @param begun called once the port is closed to new clients, while the connections may still drain */
    public CompletableFuture<ListenerSnapshot> restart(String name, Runnable begun) {
        return change(
                name,
                begun,
                listener -> listener.state() instanceof Stopped
                        ? start(listener)
                        : ports.reopen(listener).thenRun(() -> LifecycleLog.log("Restarted", listener)));
    }

    /** Sets the counters to zero; open connections are still counted as active. */
    public CompletableFuture<ListenerSnapshot> resetCounters(String name) {
        return change(name, listener -> {
            listener.counters().reset();
            return DONE;
        });
    }

    /**
     * Closes a connection. Does not wait for other operations, so it also works while the listener drains.
     *
     * @param mode a FIN may take as long as the listener's drain timeout, and a second more for the client's own
     * @return the connection's last state, once it is closed; fails with {@link ConnectionNotFoundException} if there is no
     *     such connection, or no longer
     */
    public CompletableFuture<Peer> closeConnection(String name, long id, CloseMode mode) {
        return Futures.attempt(() -> {
            requireNotShuttingDown();
            EchoListener listener = registry.require(name);
            return listener.peers()
                    .close(id, mode, listener.definition().drainTimeout())
                    .thenApplyAsync(
                            closed ->
                                    closed.orElseThrow(() -> new ConnectionNotFoundException(name, String.valueOf(id))),
                            changes);
        });
    }

    /**
     * Brings the listeners of origin {@link Origin#API} to the state that a document describes, as a whole: an invalid document is
     * rejected before anything is changed. Only a port that cannot be bound, or is not allowed, affects its listener alone,
     * which is then failed and retried. Ports that become free are closed before others are opened.
     *
     * @param wanted definitions of different names
     * @param prune whether listeners that are not among them are deleted
     * @return the result for each, in the order given, deleted ones last; fails with
     *     <ul>
     *       <li>{@link ListenerReadOnlyException} if one is declared in the configuration with another definition
     *       <li>{@link dev.canyon.listener.endpoint.EndpointTakenException} if the endpoints of two overlap, or that of one
     *           and of a listener that is not changed
     *       <li>{@link dev.canyon.engine.kernel.LimitReachedException} if there would be more listeners than allowed
     *     </ul>
     */
    public CompletableFuture<List<ApplyResult>> apply(List<ListenerDefinition> wanted, boolean prune) {
        return Futures.attempt(() -> {
            registry.requireComplete();
            return documentChange().apply(wanted, prune);
        });
    }

    /** What {@link #apply} would return if every port were free; throws what it would fail with. Changes nothing. */
    public List<ApplyResult> plan(List<ListenerDefinition> wanted, boolean prune) {
        registry.requireComplete();
        return documentChange().plan(wanted, prune);
    }

    private DocumentChange documentChange() {
        return new DocumentChange(registry, store, beans, ports, changes, versions, this);
    }

    /**
     * Closes every port at shutdown and waits for it. Definitions stay enabled. No port is opened from now on.
     *
     * @param longest limits the drain timeouts, also of drains that are under way
     */
    void drainAll(Duration longest) {
        shuttingDown = true;
        ports.close();
        registry.listeners().forEach(listener -> listener.limitDrain(longest));
        List<CompletableFuture<Void>> closing = registry.listeners()
                .map(listener -> listener.lock().run(listener::drain))
                .toList();
        log.info(
                "Closing {} listeners, waiting up to {} ms for connections to drain",
                closing.size(),
                longest.toMillis());
        CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, longest.plus(CLOSE_MARGIN).toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    void requireNotShuttingDown() {
        if (shuttingDown) {
            throw new ShuttingDownException();
        }
    }

    private CompletableFuture<ListenerSnapshot> change(
            String name, Function<EchoListener, CompletableFuture<Void>> change) {
        return change(name, Listeners::doNothing, change);
    }

    /** @param begun called once everything but the drain has succeeded; not called if the change fails before */
    private CompletableFuture<ListenerSnapshot> change(
            String name, Runnable begun, Function<EchoListener, CompletableFuture<Void>> change) {
        return Futures.attempt(() -> {
            EchoListener listener = registry.require(name);
            return change(listener, () -> {
                CompletableFuture<Void> drain = change.apply(listener);
                begun.run();
                return drain;
            });
        });
    }

    private CompletableFuture<ListenerSnapshot> change(
            EchoListener listener, Supplier<CompletableFuture<Void>> change) {
        return listener.change(() -> {
            requireNotShuttingDown();
            return change.get().thenApply(done -> listener.snapshot());
        });
    }

    /** Removes a closed listener, its beans first, so that a new listener of the same name can publish its own. */
    void forget(EchoListener listener) {
        beans.retire(listener.name());
        registry.remove(listener);
        listener.deleted();
    }

    private static void doNothing() {}
}
