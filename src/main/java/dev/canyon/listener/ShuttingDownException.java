package dev.canyon.listener;

/** The process is shutting down and accepts no further changes. */
public final class ShuttingDownException extends RuntimeException {

    ShuttingDownException() {
        super("Canyon is shutting down");
    }
}
