package dev.canyon.listener;

import org.jspecify.annotations.Nullable;

/** Definitions cannot be stored at the moment, so they cannot be changed. The message gives the cause and the remedy. */
public final class StoreUnavailableException extends RuntimeException {

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
