package dev.canyon.inspect.capture;

/**
 * A position between two messages of a capture.
 *
 * @param capture id of the capture: a listener can have several in succession, each numbering its messages from 1
 * @param message number of the message before the position; 0 for the start
 */
public record CapturePosition(long capture, long message) {

    /** The start of any capture. */
    public static final CapturePosition START = new CapturePosition(0, 0);
}
