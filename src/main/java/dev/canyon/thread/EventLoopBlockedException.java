package dev.canyon.thread;

/** An event loop has not answered in time. What was asked of it is done once it answers. */
public final class EventLoopBlockedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message says what happens once it answers */
    public EventLoopBlockedException(String message) {
        super(message);
    }
}
