package dev.canyon.api.problem;

/** The request body exceeds the limit. */
public final class PayloadTooLargeException extends RuntimeException {

    public PayloadTooLargeException(long limitBytes) {
        super("the body is larger than " + limitBytes + " bytes");
    }
}
