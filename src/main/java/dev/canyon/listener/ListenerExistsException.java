package dev.canyon.listener;

/** A listener of this name already exists. */
public final class ListenerExistsException extends RuntimeException {

    ListenerExistsException(String name) {
        super("listener '" + name + "' already exists");
    }
}
