package dev.canyon.inspect;

import java.util.List;

/**
 * Some messages of a capture, oldest first.
 *
 * @param next where they end; what comes later comes after it
 * @param evicted messages between the place that was asked for and the first of these, which are held no more
 */
public record CapturePage(List<Item> items, CapturePosition next, long evicted) {

    static final CapturePage NONE = new CapturePage(List.of(), CapturePosition.START, 0);

    /** @param id counts the messages of the capture, from 1 */
    public record Item(long id, CapturedMessage message) {}
}
