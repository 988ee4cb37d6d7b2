package dev.canyon.engine.kernel;

/** A request would exceed a limit. The message names the limit, its value and a remedy. */
public final class LimitReachedException extends RuntimeException {

    private final String limit;

    public LimitReachedException(String limit, String message) {
        super(message);
        this.limit = limit;
    }

    /** The name of the limit, as in the API. */
    public String limit() {
        return limit;
    }
}
