package dev.canyon.listener;

import dev.canyon.engine.EchoTransport;
import dev.canyon.engine.endpoint.EchoEndpoint;
import dev.canyon.engine.endpoint.EndpointSpec;
import dev.canyon.listener.directory.ListenerState;
import dev.canyon.listener.directory.ListenerState.Failed;
import dev.canyon.listener.endpoint.AllowedEndpoints;
import dev.canyon.listener.endpoint.BindRetry;
import dev.canyon.listener.endpoint.EndpointClaims;
import dev.canyon.listener.endpoint.EndpointClaims.Claim;
import dev.canyon.listener.endpoint.EndpointTakenException;
import dev.canyon.listener.endpoint.FailureReason;
import dev.canyon.listener.endpoint.HostLookup;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.BindFailure;
import dev.canyon.net.IpText;
import dev.canyon.net.ListenAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Binds the ports of listeners, claims their endpoints so that no two listeners have overlapping ones, and retries ports that
 * could not be bound. Every call but {@link #addressOf} requires the listener's lock to be held until the future it returned
 * has completed.
 */
final class PortBinder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PortBinder.class);

    private final EchoTransport transport;
    private final AllowedEndpoints allowed;
    private final EndpointClaims claims;
    private final HostLookup hosts;
    private final ChangeExecutor changes;
    private final BindRetry retries;
    private volatile boolean closed;

    PortBinder(
            EchoTransport transport,
            AllowedEndpoints allowed,
            EndpointClaims claims,
            HostLookup hosts,
            ChangeExecutor changes) {
        this.transport = transport;
        this.allowed = allowed;
        this.claims = claims;
        this.hosts = hosts;
        this.changes = changes;
        this.retries = new BindRetry(changes);
    }

    EndpointClaims claims() {
        return claims;
    }

    /** A port that is open but not yet the listener's. Call either {@link #keep} or {@link #undo}. */
    final class Opening {

        private final EchoListener listener;
        private final ListenerState before;
        private final @Nullable Claim added;
        private final EchoEndpoint opened;

        private Opening(EchoListener listener, ListenerState before, @Nullable Claim added, EchoEndpoint opened) {
            this.listener = listener;
            this.before = before;
            this.added = added;
            this.opened = opened;
        }

        /** Makes it the listener's port; the connections of the previous one drain. */
        void keep() {
            claims.settle(listener.name(), opened.protocol(), opened.address());
            listener.opened(opened);
        }

        /** Closes it and restores what was before. */
        void undo(RuntimeException cause) {
            opened.close(Duration.ZERO);
            listener.rejected(opened);
            restore(listener, before, added, cause);
        }
    }

    /**
     * Opens a port. The present one is served until the new one is kept; only where both cannot be bound at the same time, it accepts
     * no clients in between.
     *
     * @throws dev.canyon.listener.endpoint.EndpointNotAllowedException if the limits do not allow it
     * @throws EndpointTakenException if another enabled listener has the endpoint
     * @throws BindFailedException if it cannot be bound; the listener is as before
     */
    Opening open(EchoListener listener, EndpointSpec wanted) {
        return open(listener, wanted, addressOf(listener, wanted));
    }

    private Opening open(EchoListener listener, EndpointSpec wanted, InetSocketAddress address) {
        return address.getPort() == 0 && !allowed.everyPort()
                ? bindAnyAllowedPort(listener, wanted, address.getAddress())
                : bind(listener, wanted, address);
    }

    /** The system does not choose within ranges, so each port is tried until one is free. */
    private Opening bindAnyAllowedPort(EchoListener listener, EndpointSpec wanted, InetAddress host) {
        for (int port : allowed.inAnyOrder()) {
            try {
                return bind(listener, wanted, new InetSocketAddress(host, port));
            } catch (EndpointTakenException ex) {
                // Another listener has it: try the next one.
            } catch (BindFailedException ex) {
                if (ex.failure() != BindFailure.PORT_IN_USE && ex.failure() != BindFailure.PERMISSION_DENIED) {
                    throw ex;
                }
            }
        }
        throw new BindFailedException(
                BindFailure.PORT_IN_USE,
                "no port in " + allowed.portsText() + " could be bound on " + IpText.of(host),
                null);
    }

    private Opening bind(EchoListener listener, EndpointSpec wanted, InetSocketAddress address) {
        Claim added = claims.claim(listener.name(), wanted.protocol(), address);
        EchoEndpoint present = listener.endpoint();
        ListenerState before = listener.state();
        try {
            listener.opening();
            if (present != null
                    && present.protocol() == wanted.protocol()
                    && ListenAddress.overlap(present.address(), address)) {
                present.unbind();
            }
            EchoEndpoint opened = transport.open(address, wanted, listener.observation(wanted.protocol()));
            // Before it is kept: clients are accepted from now on, and their events must follow this one.
            listener.accepting(opened);
            return new Opening(listener, before, added, opened);
        } catch (RuntimeException ex) {
            restore(listener, before, added, ex);
            throw ex;
        }
    }

    private void restore(EchoListener listener, ListenerState before, @Nullable Claim added, RuntimeException cause) {
        claims.withdraw(added);
        EchoEndpoint present = listener.endpoint();
        try {
            if (present != null) {
                present.rebind();
            }
            listener.openingUndone(before);
        } catch (RuntimeException ex) {
            cause.addSuppressed(ex);
            fail(listener, present == null ? null : present.address(), ex, BindRetry.FIRST_DELAY);
        }
    }

    /**
     * Where a listener would listen. A port that the system chose is kept while the definition asks for no other address.
     *
     * @throws dev.canyon.listener.endpoint.EndpointNotAllowedException if the limits do not allow a listener there
     * @throws BindFailedException if the host has no address
     */
    InetSocketAddress addressOf(EchoListener listener, EndpointSpec wanted) {
        EchoEndpoint present = listener.endpoint();
        InetSocketAddress address = present != null
                        && present.protocol() == wanted.protocol()
                        && wanted.address()
                                .equals(listener.definition().endpoint().address())
                ? present.address()
                : hosts.resolve(wanted.address());
        allowed.require(address);
        return address;
    }

    /** @throws dev.canyon.engine.tls.TlsUnavailableException if opening the endpoint would fail because of its SSL bundle */
    void requireBundles(EndpointSpec wanted) {
        transport.requireBundles(wanted);
    }

    /** Opens the port that the definition of a listener without one names. On failure the listener is failed and retried. */
    CompletableFuture<Void> openOrRetry(EchoListener listener) {
        return openOrRetry(listener, hosts.lookUp(address(listener)), BindRetry.FIRST_DELAY);
    }

    /** @param claimed the endpoint that was claimed for the listener; null if it is not known yet */
    CompletableFuture<Void> openOrRetry(EchoListener listener, @Nullable Claim claimed) {
        return claimed == null
                ? openOrRetry(listener)
                : openOrRetry(listener, CompletableFuture.completedFuture(claimed.address()), BindRetry.FIRST_DELAY);
    }

    private CompletableFuture<Void> openOrRetry(
            EchoListener listener, CompletableFuture<InetSocketAddress> lookup, Duration nextDelay) {
        return changes.after(lookup, () -> {
            InetSocketAddress address = null;
            try {
                address = ChangeExecutor.join(lookup);
                openAt(listener, address);
                LifecycleLog.log("Opened", listener);
            } catch (RuntimeException ex) {
                fail(listener, address, ex, nextDelay);
            }
        });
    }

    private void openAt(EchoListener listener, InetSocketAddress address) {
        allowed.require(address);
        open(listener, listener.definition().endpoint(), address).keep();
    }

    /**
     * Closes the port, lets its connections drain, and opens it again. If that fails the listener is failed and retried.
     *
     * @return fails as {@link #open} throws
     */
    CompletableFuture<Void> reopen(EchoListener listener) {
        return changes.after(listener.drain(), () -> {
            listener.stopped();
            if (address(listener).port() == 0) {
                // Another port may be chosen now; if none can be opened, the previous one must not stay claimed.
                claims.release(listener.name());
            }
            InetSocketAddress address = null;
            try {
                address = hosts.resolve(address(listener));
                openAt(listener, address);
            } catch (RuntimeException ex) {
                fail(listener, address, ex, BindRetry.FIRST_DELAY);
                throw ex;
            }
        });
    }

    /** Closes the port, lets its connections drain, and ends the retries. */
    CompletableFuture<Void> close(EchoListener listener) {
        return changes.after(listener.drain(), () -> {
            listener.stopped();
            claims.release(listener.name());
        });
    }

    /** @param address where the listener was to listen; null if that is not known */
    private void fail(
            EchoListener listener, @Nullable InetSocketAddress address, RuntimeException cause, Duration nextDelay) {
        BindRetry.Plan plan = retries.plan(nextDelay);
        Failed failure =
                new Failed(FailureReason.of(cause), String.valueOf(cause.getMessage()), plan.madeAt(), plan.dueAt());
        listener.failed(failure);
        if (address != null) {
            keepClaim(listener, address);
        }
        retries.schedule(plan, () -> retry(listener, failure, plan.nextDelay()));
        LifecycleLog.logFailure(listener, failure.reason(), cause);
    }

    /** A failed listener keeps its claim on the endpoint it waits for, unless another listener has it. */
    private void keepClaim(EchoListener listener, InetSocketAddress address) {
        try {
            claims.claim(listener.name(), listener.definition().protocol(), address);
        } catch (EndpointTakenException ex) {
            log.debug("No claim for listener '{}': {}", listener.name(), ex.getMessage());
        }
    }

    /** Retries a failed listener, unless it has been stopped, started, changed or deleted since that failure. */
    private void retry(EchoListener listener, Failed failure, Duration nextDelay) {
        // Looked up without the lock: a slow name service must not delay a stop.
        CompletableFuture<InetSocketAddress> lookup = hosts.lookUp(address(listener));
        changes.after(
                lookup,
                () -> listener.change(() -> failure.equals(listener.state()) && !closed
                        ? openOrRetry(listener, lookup, nextDelay)
                        : CompletableFuture.completedFuture(null)));
    }

    private static ListenAddress address(EchoListener listener) {
        return listener.definition().endpoint().address();
    }

    /** Ends all retries. */
    @Override
    public void close() {
        closed = true;
        retries.close();
    }
}
