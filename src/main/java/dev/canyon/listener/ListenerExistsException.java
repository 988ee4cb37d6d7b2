package dev.canyon.listener;

/** The name is taken. */
public final class ListenerExistsException extends RuntimeException {

    public ListenerExistsException(String name) {
        super("a listener '" + name + "' exists already");
    }
}
