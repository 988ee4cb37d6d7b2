package dev.canyon.listener;

import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.listener.ListenerState.Running;
import dev.canyon.transport.BindFailedException;
import dev.canyon.transport.EchoEndpoint;
import dev.canyon.transport.EchoTransport;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.LimitReachedException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything one may do to a listener. Each call is done when it returns: a port that was opened accepts traffic, one
 * that was closed refuses it. A call that throws has changed nothing.
 *
 * <p>May be called from any thread but an event loop; calls for one listener wait for each other, those for different
 * listeners do not. Closing blocks for up to the drain timeout and two seconds.
 */
public final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final EchoTransport transport;
    private final ListenerRegistry registry;
    private final ListenerFaces faces;
    private final Retries retries;
    private final EndpointClaims claims = new EndpointClaims();

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
     * @throws BindFailedException if the port cannot be bound
     */
    public ListenerSnapshot create(ListenerDefinition definition) {
        EchoListener listener = new EchoListener(transport, definition, Origin.API);
        return listener.exclusively(() -> {
            registry.reserve(listener);
            try {
                if (definition.enabled()) {
                    open(listener);
                }
                faces.publish(definition.name(), this);
                log.info("Created {}", describe(listener));
                return listener.snapshot();
            } catch (RuntimeException ex) {
                discard(listener);
                throw ex;
            }
        });
    }

    /**
     * Adds a listener that the configuration declares. If it cannot be opened it is there all the same, failed, and is
     * tried again until it can.
     *
     * @throws ListenerExistsException if the name is declared twice
     */
    ListenerSnapshot declare(ListenerDefinition definition) {
        EchoListener listener = new EchoListener(transport, definition, Origin.CONFIGURATION);
        return listener.exclusively(() -> {
            registry.reserve(listener);
            faces.publish(definition.name(), this);
            if (definition.enabled()) {
                openOrRetry(listener, Retries.FIRST_DELAY);
            }
            return listener.snapshot();
        });
    }

    /**
     * Gives a listener another definition of the same name. If it is running and the change needs another socket, the
     * connections of the old one drain.
     *
     * @param expectedVersion refuse unless the definition is at this version
     * @throws StaleVersionException if it is not
     */
    public ListenerSnapshot change(ListenerDefinition definition, OptionalLong expectedVersion) {
        EchoListener listener = registry.require(definition.name());
        return listener.exclusively(() -> {
            listener.requireChangeable();
            expectedVersion.ifPresent(listener::requireVersion);
            try {
                realise(listener, definition);
                listener.define(definition);
            } finally {
                settleClaims(listener);
            }
            log.info("Changed {}", describe(listener));
            return listener.snapshot();
        });
    }

    /** Brings socket and state to where {@code wanted} says, from where they are. */
    private void realise(EchoListener listener, ListenerDefinition wanted) {
        boolean open = listener.state() instanceof Running;
        if (!wanted.enabled()) {
            listener.close();
        } else if (open) {
            claims.claim(wanted.name(), wanted.endpoint());
            listener.serve(wanted.endpoint());
        } else {
            claims.claim(wanted.name(), wanted.endpoint());
            ListenerDefinition before = listener.definition();
            listener.define(wanted);
            try {
                listener.open();
            } catch (RuntimeException ex) {
                listener.define(before);
                throw ex;
            }
        }
    }

    /** Drains, closes and forgets. @return the last view of it */
    public ListenerSnapshot delete(String name, OptionalLong expectedVersion) {
        EchoListener listener = registry.require(name);
        return listener.exclusively(() -> {
            listener.requireChangeable();
            expectedVersion.ifPresent(listener::requireVersion);
            listener.close();
            discard(listener);
            log.info("Deleted {}", describe(listener));
            return listener.snapshot();
        });
    }

    /** Opens the port and wants it open from now on; does nothing if it is open. */
    public ListenerSnapshot start(String name) {
        EchoListener listener = registry.require(name);
        return listener.exclusively(() -> {
            open(listener);
            listener.define(listener.definition().enabled(true));
            log.info("Started {}", describe(listener));
            return listener.snapshot();
        });
    }

    /** Closes the port and wants it closed from now on; ends the retries of a failed listener. */
    public ListenerSnapshot stop(String name) {
        EchoListener listener = registry.require(name);
        return listener.exclusively(() -> {
            listener.close();
            listener.define(listener.definition().enabled(false));
            settleClaims(listener);
            log.info("Stopped {}", describe(listener));
            return listener.snapshot();
        });
    }

    /** Closes the port if it is open, and opens it. If it cannot be opened again it is failed and will be retried. */
    public ListenerSnapshot restart(String name) {
        EchoListener listener = registry.require(name);
        return listener.exclusively(() -> {
            boolean wasOpen = listener.state() instanceof Running;
            listener.close();
            try {
                open(listener);
            } catch (BindFailedException | EndpointTakenException | LimitReachedException ex) {
                if (wasOpen) {
                    fail(listener, ex, Retries.FIRST_DELAY);
                }
                throw ex;
            }
            listener.define(listener.definition().enabled(true));
            log.info("Restarted {}", describe(listener));
            return listener.snapshot();
        });
    }

    public ListenerSnapshot resetCounters(String name) {
        EchoListener listener = registry.require(name);
        return listener.exclusively(() -> {
            listener.resetCounters();
            return listener.snapshot();
        });
    }

    /**
     * Closes every port at the end of the process and waits for it. What is wanted open stays wanted open.
     *
     * @param atMost cuts drain timeouts that are longer
     */
    void drainAll(Duration atMost) {
        List<CompletableFuture<Void>> draining = registry.listeners()
                .map(listener -> listener.exclusively(() -> listener.drain(atMost)))
                .toList();
        CompletableFuture.allOf(draining.toArray(CompletableFuture[]::new)).join();
    }

    private void open(EchoListener listener) {
        claims.claim(listener.name(), listener.definition().endpoint());
        try {
            listener.open();
        } finally {
            settleClaims(listener);
        }
    }

    private void openOrRetry(EchoListener listener, Duration nextDelay) {
        try {
            open(listener);
            log.info("Opened {}", describe(listener));
        } catch (BindFailedException | EndpointTakenException | LimitReachedException ex) {
            fail(listener, ex, nextDelay);
        }
    }

    private void fail(EchoListener listener, RuntimeException cause, Duration nextDelay) {
        Retries.Attempt next = retries.schedule(nextDelay, longer -> retry(listener.name(), longer));
        listener.fail(
                new Failed(FailureReason.of(cause), String.valueOf(cause.getMessage()), next.failedAt(), next.dueAt()));
        settleClaims(listener);
        log.warn("Could not open {}: {}", describe(listener), cause.getMessage());
    }

    /** Tries a failed listener again, unless it was stopped, started, changed or deleted meanwhile. */
    private void retry(String name, Duration nextDelay) {
        registry.lookUp(name).ifPresent(listener -> {
            try {
                listener.exclusively(() -> {
                    if (listener.state() instanceof Failed) {
                        openOrRetry(listener, nextDelay);
                    }
                    return listener;
                });
            } catch (ListenerNotFoundException ex) {
                log.debug("Not retried, since deleted: {}", name);
            }
        });
    }

    /** What an open listener has bound is its own; a failed one keeps waiting for what it wants; a stopped one has none. */
    private void settleClaims(EchoListener listener) {
        if (listener.state() instanceof Running running) {
            EchoEndpoint endpoint = running.endpoint();
            claims.settle(listener.name(), endpoint.protocol(), endpoint.address());
            return;
        }
        claims.release(listener.name());
        if (listener.state() instanceof Failed failed && failed.reason() != FailureReason.ENDPOINT_TAKEN) {
            claimIfResolvable(listener.name(), listener.definition().endpoint());
        }
    }

    private void claimIfResolvable(String name, EndpointSpec endpoint) {
        try {
            claims.claim(name, endpoint);
        } catch (BindFailedException ex) {
            log.debug("No claim for {}: {}", name, ex.getMessage());
        }
    }

    private void discard(EchoListener listener) {
        listener.close();
        listener.forget();
        faces.retire(listener.name());
        claims.release(listener.name());
        registry.remove(listener);
    }

    private static String describe(EchoListener listener) {
        ListenerDefinition definition = listener.definition();
        String where = listener.state() instanceof Running running
                ? running.endpoint().address().toString()
                : definition.endpoint().address().toString();
        return definition.protocol() + " listener '" + definition.name() + "' on " + where + " ("
                + listener.state().word() + ")";
    }
}
