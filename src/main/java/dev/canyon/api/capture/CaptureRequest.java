package dev.canyon.api.capture;

import dev.canyon.inspect.capture.CaptureSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Settings of a capture in a request. Absent and null fields have their defaults. */
@Schema(description = "Settings of a capture. All fields are optional; null means the default.")
record CaptureRequest(
        @Schema(
                description = "false pauses the capture; messages are kept until ttlMs has elapsed",
                defaultValue = "true")
        @Nullable
        Boolean enabled,

        @Schema(
                description = "Maximum number of messages held; when it is exceeded, the oldest message is evicted",
                defaultValue = "" + CaptureSettings.DEFAULT_MESSAGES)
        @Min(1)
        @Max(CaptureSettings.MAX_MESSAGES)
        @Nullable
        Integer maxMessages,

        @Schema(
                description = "Longer messages are truncated to their first bytes; their length is kept",
                defaultValue = "" + CaptureSettings.DEFAULT_BYTES_PER_MESSAGE)
        @Min(0)
        @Max(CaptureSettings.MAX_BYTES_PER_MESSAGE)
        @Nullable
        Integer maxBytesPerMessage,

        @Schema(
                description = "Milliseconds after which a message is evicted",
                defaultValue = "" + CaptureSettings.DEFAULT_TTL_MS)
        @Min(CaptureSettings.MIN_TTL_MS)
        @Max(CaptureSettings.MAX_TTL_MS)
        @Nullable
        Long ttlMs,

        @Schema(description = "Accepted and ignored, so that a view can be sent back", hidden = true) @Nullable
        JsonNode held,

        @Schema(description = "Accepted and ignored, so that a view can be sent back", hidden = true) @Nullable
        JsonNode evicted) {

    /** Called only for a valid request. */
    CaptureSettings toSettings() {
        return new CaptureSettings(
                enabled == null || enabled,
                maxMessages == null ? CaptureSettings.DEFAULT_MESSAGES : maxMessages,
                maxBytesPerMessage == null ? CaptureSettings.DEFAULT_BYTES_PER_MESSAGE : maxBytesPerMessage,
                Duration.ofMillis(ttlMs == null ? CaptureSettings.DEFAULT_TTL_MS : ttlMs));
    }
}
