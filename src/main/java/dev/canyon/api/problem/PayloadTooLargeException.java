package dev.canyon.api.problem;

/** The body is larger than the limit; reading it has stopped. */
public final class PayloadTooLargeException extends RuntimeException {

    public PayloadTooLargeException(long limitBytes) {
        super("the body is larger than " + limitBytes + " bytes");
    }
}
