package dev.canyon.listener;

import dev.canyon.transport.BindFailure;
import java.util.Locale;

/** Why a listener that shall be open is not. */
public enum FailureReason {
    PORT_IN_USE,
    PERMISSION_DENIED,
    ADDRESS_UNAVAILABLE,
    /** Another enabled listener of ours has the endpoint. */
    ENDPOINT_TAKEN,
    BIND_FAILED;

    public static FailureReason of(BindFailure failure) {
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
