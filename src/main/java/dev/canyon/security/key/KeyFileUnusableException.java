package dev.canyon.security.key;

import org.jspecify.annotations.Nullable;

/** The hash of the generated key cannot be read or stored: startup fails with the message and a remedy. */
final class KeyFileUnusableException extends RuntimeException {

    private final String remedy;

    KeyFileUnusableException(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
