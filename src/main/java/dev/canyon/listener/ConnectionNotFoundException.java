package dev.canyon.listener;

/** The listener has no open connection with this id. */
public final class ConnectionNotFoundException extends RuntimeException {

    public ConnectionNotFoundException(String listener, String id) {
        super("listener '" + listener + "' has no open connection '" + id + "'");
    }
}
