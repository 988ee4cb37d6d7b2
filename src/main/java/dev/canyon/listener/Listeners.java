package dev.canyon.listener;

import dev.canyon.listener.ListenerState.Running;
import dev.canyon.listener.ListenerState.Stopped;
import dev.canyon.listener.Ports.Opening;
import dev.canyon.transport.CloseMode;
import dev.canyon.transport.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything one may do to a listener. Each call is done when it returns: a port that was opened accepts traffic, one that
 * was closed refuses it, and the definition outlives the process. A call that throws has changed nothing, but for {@link
 * #restart}.
 *
 * <p>May be called from any thread but an event loop. Calls for one listener wait for each other, so one may take as long
 * as the drain of another; those for different listeners do not. All of them throw {@link ListenerNotFoundException} if
 * there is no such listener, {@link StoreUnavailableException} if the change cannot be kept or stored listeners are not
 * known yet, and {@link ShuttingDownException} once the process is ending.
 */
public final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    /** How long the end of the process waits for listeners on which somebody else is at work, all together. */
    private static final Duration BUSY_AT_MOST = Duration.ofSeconds(1);

    private final ListenerRegistry registry;
    private final ListenerStore store;
    private final ListenerFaces faces;
    private final Ports ports;
    private final ListenerObserver.Factory observers;
    private final Versions versions = new Versions();
    private volatile boolean shuttingDown;

    Listeners(
            ListenerRegistry registry,
            ListenerStore store,
            ListenerFaces faces,
            Ports ports,
            ListenerObserver.Factory observers) {
        this.registry = registry;
        this.store = store;
        this.faces = faces;
        this.ports = ports;
        this.observers = observers;
    }

    /**
     * Creates a listener and opens it if it is enabled.
     *
     * @throws ListenerExistsException if the name is taken
     * @throws EndpointNotAllowedException if the limits do not allow a listener there
     * @throws EndpointTakenException if an enabled listener of ours has the endpoint
     * @throws dev.canyon.transport.BindFailedException if the port cannot be bound
     * @throws dev.canyon.transport.LimitReachedException if there are as many listeners as there may be, or the process has
     *     too few descriptors for one more
     */
    public ListenerSnapshot create(ListenerDefinition definition) {
        EchoListener listener = listener(versions.next(definition), Origin.API);
        return change(listener, () -> {
            registry.requireComplete();
            registry.reserve(List.of(listener), 0);
            try {
                faces.publish(definition.name(), this);
                become(listener, listener.defined(), definition.enabled());
            } catch (RuntimeException ex) {
                discard(listener);
                throw ex;
            }
            LifecycleLog.tell("Created", listener);
        });
    }

    /** A new one, closed, that nobody can find as yet. */
    EchoListener listener(VersionedDefinition first, Origin origin) {
        return new EchoListener(first, origin, observers.observe(first.name()));
    }

    /**
     * Adds a listener that the configuration declares, closed as yet.
     *
     * @throws ListenerExistsException if the name is declared twice
     */
    void declare(ListenerDefinition definition) {
        EchoListener listener = listener(versions.next(definition), Origin.CONFIGURATION);
        registry.reserve(List.of(listener), 0);
        faces.publish(definition.name(), this);
    }

    /**
     * Adds the listeners that the store has, closed as yet. One whose name is declared stays in the store, out of sight.
     *
     * @throws StoreUnavailableException if they cannot be read; nothing was added
     */
    void restore() {
        for (VersionedDefinition stored : store.load()) {
            versions.follow(stored.version());
            if (registry.lookUp(stored.name()).isPresent()) {
                log.warn("Listener '{}' is stored and declared: the declaration holds", stored.name());
            } else {
                registry.add(listener(stored, Origin.API));
                faces.publish(stored.name(), this);
            }
        }
    }

    /** Opens every enabled listener that is not open. One that cannot be is failed, and tried again until it can. */
    void openEnabled() {
        List<EchoListener> enabled = registry.listeners()
                .filter(listener -> listener.definition().enabled())
                .toList();
        ManyAtOnce.forEach(
                enabled,
                listener -> listener.tryWithLock(Duration.ZERO, () -> {
                    if (listener.state() instanceof Stopped && !shuttingDown) {
                        ports.openOrRetry(listener);
                    }
                }));
    }

    /**
     * Gives a listener another definition of the same name. If it is running and the change needs another socket, the
     * connections of the old one drain.
     *
     * @param expectedVersion refuse unless the definition is at this version
     * @throws StaleVersionException if it is not
     * @throws ListenerReadOnlyException if it is declared in the configuration
     * @throws EndpointNotAllowedException if the limits do not allow a listener there
     * @throws EndpointTakenException if an enabled listener of ours has the new endpoint
     * @throws dev.canyon.transport.BindFailedException if the new port cannot be bound
     */
    public ListenerSnapshot change(ListenerDefinition definition, OptionalLong expectedVersion) {
        EchoListener listener = registry.require(definition.name());
        return change(listener, () -> {
            listener.requireChangeable();
            expectedVersion.ifPresent(listener::requireVersion);
            if (!definition.equals(listener.definition())) {
                become(listener, versions.next(definition), listener.needsPortFor(definition));
                LifecycleLog.tell("Changed", listener);
            }
        });
    }

    /** The port first, since it may be refused; then the store; and only when both are sure, what was before is let go. */
    private void become(EchoListener listener, VersionedDefinition next, boolean needsPort) {
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
        } else if (wanted.enabled()) {
            listener.apply(wanted.endpoint());
        } else {
            ports.close(listener);
        }
    }

    /**
     * Drains, closes and forgets.
     *
     * @return the last view of it
     * @throws StaleVersionException if the definition is at another version than the one expected
     * @throws ListenerReadOnlyException if it is declared in the configuration
     */
    public ListenerSnapshot delete(String name, OptionalLong expectedVersion) {
        EchoListener listener = registry.require(name);
        return change(listener, () -> {
            listener.requireChangeable();
            expectedVersion.ifPresent(listener::requireVersion);
            store.delete(name);
            discard(listener);
            LifecycleLog.tell("Deleted", listener);
        });
    }

    /**
     * Opens the port and wants it open from now on; does nothing if it is open.
     *
     * @throws EndpointNotAllowedException if the limits do not allow a listener there
     * @throws EndpointTakenException if an enabled listener of ours has the endpoint
     * @throws dev.canyon.transport.BindFailedException if the port cannot be bound
     */
    public ListenerSnapshot start(String name) {
        EchoListener listener = registry.require(name);
        return change(listener, () -> start(listener));
    }

    private void start(EchoListener listener) {
        if (!(listener.state() instanceof Running)) {
            become(listener, enabled(listener, true), true);
            LifecycleLog.tell("Started", listener);
        }
    }

    /** Closes the port and wants it closed from now on; ends the retries of a failed listener. */
    public ListenerSnapshot stop(String name) {
        EchoListener listener = registry.require(name);
        return change(listener, () -> {
            if (listener.definition().enabled()) {
                become(listener, enabled(listener, false), false);
                LifecycleLog.tell("Stopped", listener);
            }
        });
    }

    private VersionedDefinition enabled(EchoListener listener, boolean wanted) {
        ListenerDefinition definition = listener.definition();
        return definition.enabled() == wanted ? listener.defined() : versions.next(definition.enabled(wanted));
    }

    /**
     * Closes the port if it is open, and opens it. If it cannot be opened again the listener is failed and will be retried;
     * one that was stopped stays so.
     *
     * @throws EndpointNotAllowedException if the limits do not allow a listener there
     * @throws EndpointTakenException if an enabled listener of ours has the endpoint
     * @throws dev.canyon.transport.BindFailedException if the port cannot be bound
     */
    public ListenerSnapshot restart(String name) {
        EchoListener listener = registry.require(name);
        return change(listener, () -> {
            if (listener.state() instanceof Stopped) {
                start(listener);
            } else {
                ports.reopen(listener);
                LifecycleLog.tell("Restarted", listener);
            }
        });
    }

    /** Sets the counters to zero; connections that are open stay counted as active. */
    public ListenerSnapshot resetCounters(String name) {
        EchoListener listener = registry.require(name);
        return change(listener, () -> listener.counters().reset());
    }

    /**
     * Closes a connection; done when it is closed. Waits for no other call, so it works while the listener drains.
     *
     * @param mode a FIN may take as long as the listener's drain timeout, and a second more for the client's own
     * @return the last that is to be known of it
     * @throws ConnectionNotFoundException if there is none of this id, or none any more
     */
    public Peer closeConnection(String name, long id, CloseMode mode) {
        requireGoingOn();
        EchoListener listener = registry.require(name);
        return listener.peers()
                .close(id, mode, listener.definition().drainTimeout())
                .join()
                .orElseThrow(() -> new ConnectionNotFoundException(name, String.valueOf(id)));
    }

    /**
     * Brings the listeners of origin {@link Origin#API} to what a document says, as a whole: what is refused is refused
     * before anything is touched. Only a port that cannot be bound, or is not allowed, concerns its listener alone, which is
     * then failed and tried again. Ports that become free are closed before others are opened.
     *
     * @param wanted definitions of different names
     * @param prune whether listeners that are not among them are deleted
     * @return what became of each, in the order given, those deleted last
     * @throws ListenerReadOnlyException if one is declared in the configuration and reads otherwise there
     * @throws EndpointTakenException if two want one endpoint, or one wants that of a listener that stays
     * @throws dev.canyon.transport.LimitReachedException if there would be more listeners than there may be
     */
    public List<Applied> apply(List<ListenerDefinition> wanted, boolean prune) {
        registry.requireComplete();
        return new DocumentChange(registry, store, faces, ports, versions, this).apply(wanted, prune);
    }

    /** What {@link #apply} would answer, and refuse, were every port free. Changes nothing. */
    public List<Applied> plan(List<ListenerDefinition> wanted, boolean prune) {
        registry.requireComplete();
        return new DocumentChange(registry, store, faces, ports, versions, this).plan(wanted, prune);
    }

    /**
     * Closes every port at the end of the process and waits for it. What is wanted open stays wanted open; nothing is
     * opened any more.
     *
     * @param atMost cuts drain timeouts that are longer, also of drains that have begun
     */
    void drainAll(Duration atMost) {
        shuttingDown = true;
        ports.close();
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        registry.listeners().forEach(listener -> listener.hurry(atMost));
        long deadline = System.nanoTime() + BUSY_AT_MOST.toNanos();
        registry.listeners().forEach(listener -> {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            listener.tryWithLock(left, () -> closing.add(listener.beginClose(atMost)));
        });
        // Who was at work may have begun to drain meanwhile.
        registry.listeners().forEach(listener -> listener.hurry(atMost));
        log.info("Closing {} listeners; their connections may finish within {} ms", closing.size(), atMost.toMillis());
        CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new)).join();
    }

    void requireGoingOn() {
        if (shuttingDown) {
            throw new ShuttingDownException();
        }
    }

    private ListenerSnapshot change(EchoListener listener, Runnable change) {
        Supplier<ListenerSnapshot> whole = () -> {
            requireGoingOn();
            change.run();
            return listener.snapshot();
        };
        return listener.withLock(whole);
    }

    private void discard(EchoListener listener) {
        ports.close(listener);
        forget(listener);
    }

    /** Takes a listener that is closed out of every list. */
    void forget(EchoListener listener) {
        registry.remove(listener);
        listener.forget();
        faces.retire(listener.name());
    }
}
