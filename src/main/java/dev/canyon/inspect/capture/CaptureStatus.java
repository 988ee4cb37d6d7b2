package dev.canyon.inspect.capture;

/**
 * The current state of a capture.
 *
 * @param held number of messages held
 * @param evicted number of messages evicted, because of their number, their age, or the memory limit
 */
public record CaptureStatus(CaptureSettings settings, int held, long evicted) {

    static final CaptureStatus NONE = new CaptureStatus(CaptureSettings.OFF, 0, 0);
}
