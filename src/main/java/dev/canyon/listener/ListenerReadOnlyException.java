package dev.canyon.listener;

/** The listener is declared in the configuration and can only be started, stopped and restarted. */
public final class ListenerReadOnlyException extends RuntimeException {

    private final String name;

    ListenerReadOnlyException(String name) {
        super("listener '" + name + "' is declared in the configuration: edit the configuration instead");
        this.name = name;
    }

    /** The name of the listener. */
    public String name() {
        return name;
    }
}
