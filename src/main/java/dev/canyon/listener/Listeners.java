package dev.canyon.listener;

import dev.canyon.listener.EndpointClaims.Claim;
import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.listener.ListenerState.Stopped;
import dev.canyon.transport.BoundEndpoint;
import dev.canyon.transport.EchoTransport;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.IpText;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything one may do to a listener. Each call is done when it returns: a port that was opened accepts traffic, one that
 * was closed refuses it. A call that throws has changed nothing, but for {@link #restart}.
 *
 * <p>May be called from any thread but an event loop. Calls for one listener wait for each other, so one may take as long
 * as the drain of another; those for different listeners do not. All of them throw {@link ListenerNotFoundException} if
 * there is no such listener, and {@link ShuttingDownException} once the process is ending.
 */
public final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    /** How long the end of the process waits for a listener on which somebody else is at work. */
    private static final Duration BUSY_AT_MOST = Duration.ofMillis(200);

    private final EchoTransport transport;
    private final ListenerRegistry registry;
    private final ListenerFaces faces;
    private final Retries retries;
    private final EndpointClaims claims = new EndpointClaims();
    private volatile boolean shuttingDown;

    /** Begins with the time, so that a version of an earlier process is not met again. */
    private final AtomicLong versions = new AtomicLong(System.currentTimeMillis());

    Listeners(EchoTransport transport, ListenerRegistry registry, ListenerFaces faces, Retries retries) {
        this.transport = transport;
        this.registry = registry;
        this.faces = faces;
        this.retries = retries;
    }

    /**
     * Creates a listener and opens it if it is enabled.
     *
     * @throws ListenerExistsException if the name is taken
     * @throws EndpointTakenException if an enabled listener of ours has the endpoint
     * @throws dev.canyon.transport.BindFailedException if the port cannot be bound
     * @throws dev.canyon.transport.LimitReachedException if the process has too few descriptors for one more
     */
    public ListenerSnapshot create(ListenerDefinition definition) {
        EchoListener listener = newListener(definition, Origin.API);
        return change(listener, () -> {
            registry.reserve(listener);
            try {
                if (definition.enabled()) {
                    open(listener, definition.endpoint());
                }
                faces.publish(definition.name(), this);
            } catch (RuntimeException ex) {
                discard(listener);
                throw ex;
            }
            log.info("Created {}", describe(listener));
        });
    }

    /**
     * Adds a listener that the configuration declares, closed as yet.
     *
     * @throws ListenerExistsException if the name is declared twice
     */
    void declare(ListenerDefinition definition) {
        EchoListener listener = newListener(definition, Origin.CONFIGURATION);
        change(listener, () -> {
            registry.reserve(listener);
            faces.publish(definition.name(), this);
        });
    }

    /** Opens every enabled listener that is not open. One that cannot be is failed, and tried again until it can. */
    void openEnabled() {
        registry.listeners()
                .filter(listener -> listener.definition().enabled())
                .forEach(listener -> listener.tryWithLock(Duration.ZERO, () -> {
                    if (listener.state() instanceof Stopped) {
                        openOrRetry(listener, Retries.FIRST_DELAY);
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
     * @throws EndpointTakenException if an enabled listener of ours has the new endpoint
     * @throws dev.canyon.transport.BindFailedException if the new port cannot be bound
     */
    public ListenerSnapshot change(ListenerDefinition definition, OptionalLong expectedVersion) {
        EchoListener listener = registry.require(definition.name());
        return change(listener, () -> {
            listener.requireChangeable();
            expectedVersion.ifPresent(listener::requireVersion);
            reconcile(listener, definition);
            listener.define(definition);
            log.info("Changed {}", describe(listener));
        });
    }

    /** Brings socket and state to where {@code wanted} says, from where they are. */
    private void reconcile(EchoListener listener, ListenerDefinition wanted) {
        boolean sameSocket = !listener.definition().endpoint().needsNewSocketFor(wanted.endpoint());
        if (!wanted.enabled()) {
            close(listener);
        } else if (listener.state() instanceof Running running && !sameSocket) {
            move(listener, running.endpoint(), wanted.endpoint());
        } else if (listener.state() instanceof Running) {
            listener.apply(wanted.endpoint());
        } else if (!(listener.state() instanceof Failed && sameSocket)) {
            open(listener, wanted.endpoint());
        }
    }

    private void move(EchoListener listener, BoundEndpoint from, EndpointSpec to) {
        // A listener whose port the system chose keeps it while it asks for none in particular.
        boolean samePlace = to.protocol() == from.protocol()
                && to.address().equals(listener.definition().endpoint().address());
        InetSocketAddress address = samePlace ? from.address() : to.address().resolve();
        Claim added = claims.claim(listener.name(), to.protocol(), address);
        try {
            claims.settle(listener.name(), to.protocol(), listener.move(address, to));
        } catch (RuntimeException ex) {
            claims.withdraw(added);
            if (listener.state() instanceof Stopped) {
                fail(listener, ex, Retries.FIRST_DELAY);
            }
            throw ex;
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
            discard(listener);
            log.info("Deleted {}", describe(listener));
        });
    }

    /**
     * Opens the port and wants it open from now on; does nothing if it is open.
     *
     * @throws EndpointTakenException if an enabled listener of ours has the endpoint
     * @throws dev.canyon.transport.BindFailedException if the port cannot be bound
     */
    public ListenerSnapshot start(String name) {
        EchoListener listener = registry.require(name);
        return change(listener, () -> {
            if (!(listener.state() instanceof Running)) {
                open(listener, listener.definition().endpoint());
                log.info("Started {}", describe(listener));
            }
            listener.define(listener.definition().enabled(true));
        });
    }

    /** Closes the port and wants it closed from now on; ends the retries of a failed listener. */
    public ListenerSnapshot stop(String name) {
        EchoListener listener = registry.require(name);
        return change(listener, () -> {
            boolean wasStopped = listener.state() instanceof Stopped;
            close(listener);
            listener.define(listener.definition().enabled(false));
            if (!wasStopped) {
                log.info("Stopped {}", describe(listener));
            }
        });
    }

    /**
     * Closes the port if it is open, and opens it. If it cannot be opened again the listener is failed and will be retried;
     * one that was stopped stays so.
     *
     * @throws EndpointTakenException if an enabled listener of ours has the endpoint
     * @throws dev.canyon.transport.BindFailedException if the port cannot be bound
     */
    public ListenerSnapshot restart(String name) {
        EchoListener listener = registry.require(name);
        return change(listener, () -> {
            boolean wasStopped = listener.state() instanceof Stopped;
            listener.close();
            try {
                open(listener, listener.definition().endpoint());
            } catch (RuntimeException ex) {
                if (!wasStopped) {
                    fail(listener, ex, Retries.FIRST_DELAY);
                }
                throw ex;
            }
            listener.define(listener.definition().enabled(true));
            log.info("Restarted {}", describe(listener));
        });
    }

    /** Sets the counters to zero; connections that are open stay counted as active. */
    public ListenerSnapshot resetCounters(String name) {
        EchoListener listener = registry.require(name);
        return change(listener, listener::resetCounters);
    }

    /**
     * Closes every port at the end of the process and waits for it. What is wanted open stays wanted open; nothing is
     * opened any more.
     *
     * @param atMost cuts drain timeouts that are longer, also of drains that have begun
     */
    void drainAll(Duration atMost) {
        shuttingDown = true;
        List<CompletableFuture<Void>> closing = new ArrayList<>();
        registry.listeners().forEach(listener -> {
            listener.hurry(atMost);
            listener.tryWithLock(BUSY_AT_MOST, () -> closing.add(listener.beginClose(atMost)));
        });
        log.info("Closing {} listeners; their connections may finish within {} ms", closing.size(), atMost.toMillis());
        CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new)).join();
    }

    private EchoListener newListener(ListenerDefinition definition, Origin origin) {
        return new EchoListener(transport, definition, origin, versions::incrementAndGet);
    }

    private ListenerSnapshot change(EchoListener listener, Runnable change) {
        Supplier<ListenerSnapshot> whole = () -> {
            if (shuttingDown) {
                throw new ShuttingDownException();
            }
            change.run();
            return listener.snapshot();
        };
        return listener.withLock(whole);
    }

    private void open(EchoListener listener, EndpointSpec endpoint) {
        InetSocketAddress address = endpoint.address().resolve();
        Claim added = claims.claim(listener.name(), endpoint.protocol(), address);
        try {
            claims.settle(listener.name(), endpoint.protocol(), listener.open(address, endpoint));
        } catch (RuntimeException ex) {
            claims.withdraw(added);
            throw ex;
        }
    }

    private void close(EchoListener listener) {
        listener.close();
        claims.release(listener.name());
    }

    private void openOrRetry(EchoListener listener, Duration nextDelay) {
        try {
            open(listener, listener.definition().endpoint());
            log.info("Opened {}", describe(listener));
        } catch (RuntimeException ex) {
            fail(listener, ex, nextDelay);
        }
    }

    private void fail(EchoListener listener, RuntimeException cause, Duration nextDelay) {
        Retries.Plan plan = retries.plan(nextDelay);
        Failed failure =
                new Failed(FailureReason.of(cause), String.valueOf(cause.getMessage()), plan.madeAt(), plan.dueAt());
        listener.fail(failure);
        keepClaim(listener);
        retries.schedule(plan, () -> retry(listener, failure, plan.nextDelay()));
        log.warn("Could not open {}: {}", describe(listener), cause.getMessage());
    }

    /** A failed listener keeps its claim on what it waits for, unless another one of ours has it. */
    private void keepClaim(EchoListener listener) {
        EndpointSpec wanted = listener.definition().endpoint();
        try {
            claims.claim(listener.name(), wanted.protocol(), wanted.address().resolve());
        } catch (RuntimeException ex) {
            log.debug("No claim for listener '{}': {}", listener.name(), ex.getMessage());
        }
    }

    /** Tries a failed listener again, unless it was stopped, started, changed or deleted since that failure. */
    private void retry(EchoListener listener, Failed failure, Duration nextDelay) {
        boolean done = listener.tryWithLock(Duration.ZERO, () -> {
            if (failure.equals(listener.state()) && !shuttingDown) {
                openOrRetry(listener, nextDelay);
            }
        });
        if (!done) {
            // Somebody is at work on it: look again when they may be done.
            retries.schedule(retries.plan(Retries.FIRST_DELAY), () -> retry(listener, failure, nextDelay));
        }
    }

    private void discard(EchoListener listener) {
        close(listener);
        registry.remove(listener);
        listener.forget();
        faces.retire(listener.name());
    }

    private static String describe(EchoListener listener) {
        ListenerDefinition definition = listener.definition();
        @Nullable BoundEndpoint bound = listener.state().endpoint();
        String where = bound == null ? definition.endpoint().address().toString() : IpText.of(bound.address());
        return definition.protocol() + " listener '" + definition.name() + "' on " + where + " ("
                + listener.state().word() + ")";
    }
}
