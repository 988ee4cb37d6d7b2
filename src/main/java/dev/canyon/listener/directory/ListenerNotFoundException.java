package dev.canyon.listener.directory;

/** There is no listener of this name. */
public final class ListenerNotFoundException extends RuntimeException {

    public ListenerNotFoundException(String name) {
        super("there is no listener '" + name + "'");
    }
}
