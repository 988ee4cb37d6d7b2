package dev.canyon.listener;

/** The process is ending: nothing is started or changed any more. */
public final class ShuttingDownException extends RuntimeException {

    ShuttingDownException() {
        super("Canyon is shutting down");
    }
}
