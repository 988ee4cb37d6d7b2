package dev.canyon.listener;

import dev.canyon.transport.BindFailedException;
import dev.canyon.transport.BindFailure;
import dev.canyon.transport.LimitReachedException;
import java.util.Locale;

/** Why a listener that shall be open is not. */
public enum FailureReason {
    PORT_IN_USE,
    PERMISSION_DENIED,
    ADDRESS_UNAVAILABLE,
    /** Another enabled listener of ours has the endpoint. */
    ENDPOINT_TAKEN,
    /** The process has too few descriptors for another listener. */
    LIMIT_REACHED,
    /** {@code canyon.limits.ports} does not have the port. */
    PORT_NOT_ALLOWED,
    /** {@code canyon.limits.bind-addresses} does not have the address. */
    ADDRESS_NOT_ALLOWED,
    BIND_FAILED;

    /** What an exception from opening a listener means. */
    static FailureReason of(RuntimeException cause) {
        if (cause instanceof EndpointTakenException) {
            return ENDPOINT_TAKEN;
        }
        if (cause instanceof LimitReachedException) {
            return LIMIT_REACHED;
        }
        if (cause instanceof EndpointNotAllowedException notAllowed) {
            return notAllowed.reason();
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

    /** The word used on every surface, for example {@code port-in-use}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
