package dev.canyon.listener;

/** The listener is declared in the configuration and can only be started and stopped. */
public final class ListenerReadOnlyException extends RuntimeException {

    ListenerReadOnlyException(String name) {
        super("listener '" + name + "' is declared in the configuration: change it there");
    }
}
