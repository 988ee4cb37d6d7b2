package dev.canyon.listener;

/** The listener has no connection with this id, or has none any more. */
public final class ConnectionNotFoundException extends RuntimeException {

    public ConnectionNotFoundException(String listener, String id) {
        super("listener '" + listener + "' has no open connection '" + id + "'");
    }
}
