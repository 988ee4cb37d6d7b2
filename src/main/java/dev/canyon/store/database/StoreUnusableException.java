package dev.canyon.store.database;

import org.jspecify.annotations.Nullable;

/** The store is unusable and a retry would not help: startup fails with the message and a remedy. */
public final class StoreUnusableException extends RuntimeException {

    private final String remedy;

    public StoreUnusableException(String message, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
