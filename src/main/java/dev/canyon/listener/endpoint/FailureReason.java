package dev.canyon.listener.endpoint;

import dev.canyon.engine.kernel.LimitReachedException;
import dev.canyon.engine.tls.TlsUnavailableException;
import dev.canyon.net.BindFailedException;
import dev.canyon.net.BindFailure;
import dev.canyon.net.WireName;

/** Why the port of an enabled listener could not be opened. */
public enum FailureReason {
    PORT_IN_USE,
    PERMISSION_DENIED,
    ADDRESS_UNAVAILABLE,
    /** The endpoint overlaps that of another enabled listener. */
    ENDPOINT_TAKEN,
    /** The process has too few descriptors for another listener. */
    LIMIT_REACHED,
    /** {@code canyon.limits.ports} does not contain the port. */
    PORT_NOT_ALLOWED,
    /** {@code canyon.limits.bind-addresses} does not contain the address. */
    ADDRESS_NOT_ALLOWED,
    /** An SSL bundle of the listener cannot be used. */
    TLS_UNAVAILABLE,
    BIND_FAILED;

    /** The reason for an exception that opening a listener has thrown. */
    public static FailureReason of(RuntimeException cause) {
        if (cause instanceof EndpointTakenException) {
            return ENDPOINT_TAKEN;
        }
        if (cause instanceof LimitReachedException) {
            return LIMIT_REACHED;
        }
        if (cause instanceof EndpointNotAllowedException notAllowed) {
            return notAllowed.reason();
        }
        if (cause instanceof TlsUnavailableException) {
            return TLS_UNAVAILABLE;
        }
        return cause instanceof BindFailedException bind ? of(bind.failure()) : BIND_FAILED;
    }

    private static FailureReason of(BindFailure failure) {
        return switch (failure) {
            case PORT_IN_USE -> PORT_IN_USE;
            case PERMISSION_DENIED -> PERMISSION_DENIED;
            case ADDRESS_UNAVAILABLE -> ADDRESS_UNAVAILABLE;
            case OTHER -> BIND_FAILED;
        };
    }

    /** The spelling used in the API, for example {@code port-in-use}. */
    @Override
    public String toString() {
        return WireName.of(this);
    }
}
