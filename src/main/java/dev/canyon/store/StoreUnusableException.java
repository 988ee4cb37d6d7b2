package dev.canyon.store;

import org.jspecify.annotations.Nullable;

/** The store cannot be used, and waiting does not help: the process ends, with the message and what to do about it. */
final class StoreUnusableException extends RuntimeException {

    private final String remedy;

    StoreUnusableException(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
