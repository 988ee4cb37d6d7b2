package dev.canyon.api.capture;

import dev.canyon.inspect.capture.CaptureSettings;
import dev.canyon.inspect.capture.CaptureStatus;
import io.swagger.v3.oas.annotations.media.Schema;

/** A capture in the API. */
@Schema(name = "Capture", description = "Settings and state of a capture")
record CaptureView(
        @Schema(description = "Whether messages are being captured")
        boolean enabled,

        @Schema(example = "1000") int maxMessages,
        @Schema(example = "4096") int maxBytesPerMessage,
        @Schema(example = "900000") long ttlMs,

        @Schema(description = "Number of messages held", example = "2")
        int held,

        @Schema(description = "Messages evicted because of maxMessages, ttlMs or the memory limit", example = "0")
        long evicted) {

    static CaptureView of(CaptureStatus status) {
        CaptureSettings settings = status.settings();
        return new CaptureView(
                settings.enabled(),
                settings.maxMessages(),
                settings.maxBytesPerMessage(),
                settings.ttl().toMillis(),
                status.held(),
                status.evicted());
    }
}
