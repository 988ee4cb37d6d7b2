package dev.canyon.listener;

import dev.canyon.listener.EndpointClaims.Claim;
import dev.canyon.listener.ListenerState.Failed;
import dev.canyon.listener.ListenerState.Starting;
import dev.canyon.transport.BindFailedException;
import dev.canyon.transport.BindFailure;
import dev.canyon.transport.EchoEndpoint;
import dev.canyon.transport.EchoTransport;
import dev.canyon.transport.EndpointSpec;
import dev.canyon.transport.IpText;
import dev.canyon.transport.ListenAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and closes the ports of listeners, sees to it that no two of ours want the same one, and tries again those that could
 * not be opened. Who calls it has the listener's lock.
 */
final class Ports implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Ports.class);

    private final EchoTransport transport;
    private final AllowedEndpoints allowed;
    private final Retries retries;
    private final EndpointClaims claims = new EndpointClaims();
    private volatile boolean closed;

    Ports(EchoTransport transport, AllowedEndpoints allowed, Retries retries) {
        this.transport = transport;
        this.allowed = allowed;
        this.retries = retries;
    }

    EndpointClaims claims() {
        return claims;
    }

    /** A port that was opened for a listener and is not its own yet. Either {@link #keep} or {@link #undo} it. */
    final class Opening {

        private final EchoListener listener;
        private final Before before;
        private final EchoEndpoint opened;

        private Opening(EchoListener listener, Before before, EchoEndpoint opened) {
            this.listener = listener;
            this.before = before;
            this.opened = opened;
        }

        /** The listener has this port from now on. If it had another one, the connections of that drain. */
        void keep() {
            claims.settle(listener.name(), opened.protocol(), opened.address());
            listener.serve(opened);
            if (before.port != null) {
                listener.drain(before.port, listener.definition().drainTimeout());
            }
        }

        /** All is as it was before. */
        void undo(RuntimeException cause) {
            opened.close(Duration.ZERO);
            listener.tellUndone(opened);
            restore(listener, before, cause);
        }
    }

    /** What there was before a port was opened, and what was claimed for it. */
    private record Before(
            ListenerState state,
            @Nullable EchoEndpoint port,
            @Nullable Claim added) {}

    /**
     * Opens a port. The one that the listener has is served on, until the new one is kept; only where both cannot be bound
     * at once it takes no new clients meanwhile.
     *
     * @throws EndpointNotAllowedException if the limits do not allow it
     * @throws EndpointTakenException if an enabled listener of ours has the endpoint
     * @throws BindFailedException if it cannot be bound; all is as it was before
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
                // By another listener of ours: the next one.
            } catch (BindFailedException ex) {
                if (ex.failure() != BindFailure.PORT_IN_USE && ex.failure() != BindFailure.PERMISSION_DENIED) {
                    throw ex;
                }
            }
        }
        throw new BindFailedException(
                BindFailure.PORT_IN_USE,
                "no port of " + allowed.portsText() + " can be opened on " + IpText.of(host),
                null);
    }

    private Opening bind(EchoListener listener, EndpointSpec wanted, InetSocketAddress address) {
        Claim added = claims.claim(listener.name(), wanted.protocol(), address);
        EchoEndpoint present = listener.endpoint();
        Before before = new Before(listener.state(), present, added);
        try {
            if (present == null) {
                listener.enter(new Starting());
            } else if (present.protocol() == wanted.protocol() && ListenAddress.overlap(present.address(), address)) {
                present.unbind();
            }
            EchoEndpoint opened = transport.open(address, wanted, listener.observation());
            // Not when it is kept: clients are let in now, and what they do comes after this.
            listener.tellOpened(opened);
            return new Opening(listener, before, opened);
        } catch (RuntimeException ex) {
            restore(listener, before, ex);
            throw ex;
        }
    }

    private void restore(EchoListener listener, Before before, RuntimeException cause) {
        claims.withdraw(before.added);
        if (before.port == null) {
            listener.enter(before.state);
            return;
        }
        try {
            before.port.rebind();
        } catch (RuntimeException ex) {
            cause.addSuppressed(ex);
            listener.detach();
            listener.drain(before.port, listener.definition().drainTimeout());
            fail(listener, ex, Retries.FIRST_DELAY);
        }
    }

    /**
     * Where a listener would listen. One whose port the system chose keeps it while it asks for none in particular.
     *
     * @throws EndpointNotAllowedException if the limits do not allow a listener there
     * @throws BindFailedException if the host has no address
     */
    InetSocketAddress addressOf(EchoListener listener, EndpointSpec wanted) {
        EchoEndpoint present = listener.endpoint();
        InetSocketAddress address = present != null
                        && present.protocol() == wanted.protocol()
                        && wanted.address()
                                .equals(listener.definition().endpoint().address())
                ? present.address()
                : wanted.address().resolve();
        allowed.require(address);
        return address;
    }

    /** Opens the port that the listener's definition names; if that fails the listener is failed, and tried again. */
    void openOrRetry(EchoListener listener) {
        openOrRetry(listener, null, Retries.FIRST_DELAY);
    }

    /** The same at an endpoint that is claimed already, if one is. */
    void openOrRetry(EchoListener listener, @Nullable Claim claimed) {
        openOrRetry(listener, claimed, Retries.FIRST_DELAY);
    }

    private void openOrRetry(EchoListener listener, @Nullable Claim claimed, Duration nextDelay) {
        EndpointSpec wanted = listener.definition().endpoint();
        try {
            Opening opening = claimed == null ? open(listener, wanted) : open(listener, wanted, claimed.address());
            opening.keep();
            LifecycleLog.tell("Opened", listener);
        } catch (RuntimeException ex) {
            fail(listener, ex, nextDelay);
        }
    }

    /** Closes and opens the port. If it cannot be opened the listener is failed, and tried again. */
    void reopen(EchoListener listener) {
        listener.close();
        try {
            open(listener, listener.definition().endpoint()).keep();
        } catch (RuntimeException ex) {
            fail(listener, ex, Retries.FIRST_DELAY);
            throw ex;
        }
    }

    /** Closes the port, waits until its connections have drained, and ends the retries. */
    void close(EchoListener listener) {
        listener.close();
        claims.release(listener.name());
    }

    private void fail(EchoListener listener, RuntimeException cause, Duration nextDelay) {
        Retries.Plan plan = retries.plan(nextDelay);
        Failed failure =
                new Failed(FailureReason.of(cause), String.valueOf(cause.getMessage()), plan.madeAt(), plan.dueAt());
        listener.fail(failure);
        keepClaim(listener);
        retries.schedule(plan, () -> retry(listener, failure, plan.nextDelay()));
        LifecycleLog.tellFailure(listener, failure.reason(), cause);
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
            if (failure.equals(listener.state()) && !closed) {
                openOrRetry(listener, null, nextDelay);
            }
        });
        if (!done) {
            // Somebody is at work on it: look again when they may be done.
            retries.schedule(retries.plan(Retries.FIRST_DELAY), () -> retry(listener, failure, nextDelay));
        }
    }

    /** From now on nothing is tried again. */
    @Override
    public void close() {
        closed = true;
        retries.close();
    }
}
