package dev.canyon.api;

import dev.canyon.inspect.CapturePage;
import dev.canyon.inspect.CapturedMessage;
import dev.canyon.probe.Utf8Text;
import dev.canyon.transport.IpText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A captured message as it goes out. */
@Schema(name = "CapturedMessage", description = "A datagram, or what one read or write on a TCP connection carried")
record CapturedMessageView(
        @Schema(description = "Counts the messages of the capture from 1; a gap means that some were evicted")
        String id,

        Instant at,

        @Schema(
                description = "in is from the client to the listener",
                allowableValues = {"in", "out"})
        String direction,

        @Schema(example = "127.0.0.1") String remoteAddress,
        @Schema(example = "51514") int remotePort,

        @Schema(description = "How long it was, whatever is kept of it", example = "10")
        int bytes,

        @Schema(description = "Whether base64 and text have only its first bytes")
        boolean truncated,

        @Schema(example = "SGVsbG8ga2FybA==") String base64,

        @Schema(
                description = "Null where the bytes are no text in UTF-8. Of a character that was cut in two by"
                        + " maxBytesPerMessage nothing is shown",
                example = "Hello karl",
                nullable = true)
        @Nullable
        String text) {

    static CapturedMessageView of(CapturePage.Item item) {
        CapturedMessage message = item.message();
        boolean truncated = message.originalBytes() > message.payload().length;
        return new CapturedMessageView(
                String.valueOf(item.id()),
                message.at(),
                message.direction().toString(),
                IpText.of(message.remote().getAddress()),
                message.remote().getPort(),
                message.originalBytes(),
                truncated,
                Base64.getEncoder().encodeToString(message.payload()),
                Utf8Text.of(message.payload(), truncated));
    }
}
