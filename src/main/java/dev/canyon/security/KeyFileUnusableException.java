package dev.canyon.security;

import org.jspecify.annotations.Nullable;

/** The key that Canyon made cannot be read or kept: the process ends, with the message and what to do about it. */
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
