package dev.canyon.store.row;

import org.jspecify.annotations.Nullable;

/** The content of a row differs from what was written. */
public final class DamagedRowException extends RuntimeException {

    public DamagedRowException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
