package dev.canyon.inspect;

/**
 * A place between two messages of a capture.
 *
 * @param capture which one: a listener can have one after another, and each numbers its messages from 1
 * @param message the message before the place; 0 for the beginning
 */
public record CapturePosition(long capture, long message) {

    /** Before everything, in any capture. */
    public static final CapturePosition START = new CapturePosition(0, 0);
}
