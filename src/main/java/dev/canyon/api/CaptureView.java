package dev.canyon.api;

import dev.canyon.inspect.CaptureSettings;
import dev.canyon.inspect.CaptureStatus;
import io.swagger.v3.oas.annotations.media.Schema;

/** A capture as it goes out. */
@Schema(name = "Capture", description = "How a listener's traffic is captured, and how much is held")
record CaptureView(
        @Schema(description = "Whether messages are captured now")
        boolean enabled,

        @Schema(example = "1000") int maxMessages,
        @Schema(example = "4096") int maxBytesPerMessage,
        @Schema(example = "900000") long ttlMs,

        @Schema(description = "Messages that can be read", example = "2")
        int held,

        @Schema(
                description = "Messages that were captured and are held no more: too many, too old, or too much memory",
                example = "0")
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
