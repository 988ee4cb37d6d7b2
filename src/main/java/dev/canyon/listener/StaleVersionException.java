package dev.canyon.listener;

/** The definition is not at the version that the caller expects. */
public final class StaleVersionException extends RuntimeException {

    StaleVersionException(String name, long current) {
        super("listener '" + name + "' is at version " + current + ": fetch it again and retry");
    }
}
