package dev.canyon.store;

import org.jspecify.annotations.Nullable;

/** A row is not what was written. */
final class DamagedRowException extends RuntimeException {

    DamagedRowException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
