package dev.canyon.listener;

import org.jspecify.annotations.Nullable;

/** Definitions cannot be kept at the moment, so nothing about them can change. The message says why and what helps. */
public final class StoreUnavailableException extends RuntimeException {

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
