package dev.canyon.net;

import org.jspecify.annotations.Nullable;

/** A port could not be opened. The message names the address and the reason; nothing is left open. */
public final class BindFailedException extends RuntimeException {

    private final BindFailure failure;

    public BindFailedException(BindFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public BindFailure failure() {
        return failure;
    }
}
