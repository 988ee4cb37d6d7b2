package dev.canyon.inspect;

/**
 * A capture as it is now.
 *
 * @param held messages that can be read
 * @param evicted messages that were captured and are held no more, for whatever reason: too many, too old, or too much
 *     memory
 */
public record CaptureStatus(CaptureSettings settings, int held, long evicted) {

    static final CaptureStatus NONE = new CaptureStatus(CaptureSettings.OFF, 0, 0);
}
