package dev.canyon.api.target;

/** The host of a target has no address that can be dialled. For a test message this is an outcome and not an error. */
public final class UnknownHostNameException extends RuntimeException {

    UnknownHostNameException(String message) {
        super(message);
    }
}
