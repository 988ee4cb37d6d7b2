package dev.canyon.api;

import dev.canyon.inspect.CaptureSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Settings of a capture as they come in. What is left out or null has its default. */
@Schema(description = "How a listener's traffic is captured. Nothing is required; null means the default.")
record CaptureRequest(
        @Schema(description = "false pauses: what is held stays until it is too old", defaultValue = "true") @Nullable
        Boolean enabled,

        @Schema(
                description = "Messages held at most; then the oldest makes room",
                defaultValue = "" + CaptureSettings.DEFAULT_MESSAGES)
        @Min(1)
        @Max(CaptureSettings.MAX_MESSAGES)
        @Nullable
        Integer maxMessages,

        @Schema(
                description = "Of a longer message the first bytes are kept, and its length",
                defaultValue = "" + CaptureSettings.DEFAULT_BYTES_PER_MESSAGE)
        @Min(0)
        @Max(CaptureSettings.MAX_BYTES_PER_MESSAGE)
        @Nullable
        Integer maxBytesPerMessage,

        @Schema(
                description = "How old a message may become, in milliseconds; then it is let go",
                defaultValue = "" + CaptureSettings.DEFAULT_TTL_MS)
        @Min(CaptureSettings.MIN_TTL_MS)
        @Max(CaptureSettings.MAX_TTL_MS)
        @Nullable
        Long ttlMs,

        @Schema(description = "Accepted and ignored, so that a view can be sent back", hidden = true) @Nullable
        JsonNode held,

        @Schema(description = "Accepted and ignored, so that a view can be sent back", hidden = true) @Nullable
        JsonNode evicted) {

    /** Only for a request that has passed its checks. */
    CaptureSettings toSettings() {
        return new CaptureSettings(
                enabled == null || enabled,
                maxMessages == null ? CaptureSettings.DEFAULT_MESSAGES : maxMessages,
                maxBytesPerMessage == null ? CaptureSettings.DEFAULT_BYTES_PER_MESSAGE : maxBytesPerMessage,
                Duration.ofMillis(ttlMs == null ? CaptureSettings.DEFAULT_TTL_MS : ttlMs));
    }
}
