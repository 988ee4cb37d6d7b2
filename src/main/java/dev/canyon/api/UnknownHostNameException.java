package dev.canyon.api;

/** The name of a target has no address. For a test message that is a result, not a refusal. */
final class UnknownHostNameException extends RuntimeException {

    UnknownHostNameException(String message) {
        super(message);
    }
}
