package dev.canyon.transport;

/** Something is refused because it would exceed a limit; the message says which, how much, and what to do. */
public final class LimitReachedException extends RuntimeException {

    private final String limit;

    public LimitReachedException(String limit, String message) {
        super(message);
        this.limit = limit;
    }

    /** The limit's name on every surface. */
    public String limit() {
        return limit;
    }
}
