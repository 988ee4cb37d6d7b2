package dev.canyon.inspect.capture;

import java.util.List;

/**
 * A page of captured messages, oldest first.
 *
 * @param next the position after the last item
 * @param evicted number of messages evicted between the position asked for and the first item
 */
public record CapturePage(List<Item> items, CapturePosition next, long evicted) {

    static final CapturePage NONE = new CapturePage(List.of(), CapturePosition.START, 0);

    /** @param id number of the message in the capture, from 1 */
    public record Item(long id, CapturedMessage message) {}
}
