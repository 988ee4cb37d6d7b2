package dev.canyon.listener;

/** The definition has changed since the caller read it. */
public final class StaleVersionException extends RuntimeException {

    StaleVersionException(String name, long current) {
        super("listener '" + name + "' is at version " + current + " now: read it again before changing it");
    }
}
