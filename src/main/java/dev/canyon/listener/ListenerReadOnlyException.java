package dev.canyon.listener;

/** The listener is declared in the configuration and can only be started, stopped and restarted. */
public final class ListenerReadOnlyException extends RuntimeException {

    ListenerReadOnlyException(String name) {
        super("listener '" + name + "' is declared in the configuration: edit the configuration instead");
    }
}
