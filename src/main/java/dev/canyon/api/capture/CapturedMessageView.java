package dev.canyon.api.capture;

import dev.canyon.inspect.capture.CapturePage;
import dev.canyon.inspect.capture.CapturedMessage;
import dev.canyon.net.IpText;
import dev.canyon.probe.payload.Utf8Text;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A captured message in the API. */
@Schema(name = "CapturedMessage", description = "A datagram, or the data of one read or write on a TCP connection")
record CapturedMessageView(
        @Schema(description = "Number of the message in the capture, from 1; a gap means that messages were evicted")
        String id,

        Instant at,

        @Schema(
                description = "in: from the client to the listener; out: from the listener to the client",
                allowableValues = {"in", "out"})
        String direction,

        @Schema(example = "127.0.0.1") String remoteAddress,
        @Schema(example = "51514") int remotePort,

        @Schema(description = "Length of the whole message, even if truncated", example = "10")
        int bytes,

        @Schema(description = "Whether base64 and text contain only the first bytes")
        boolean truncated,

        @Schema(example = "SGVsbG8ga2FybA==") String base64,

        @Schema(
                description =
                        "The message as UTF-8 text; null if it is not valid UTF-8. A character split by the truncation to"
                                + " maxBytesPerMessage is omitted",
                example = "Hello karl")
        @Nullable
        String text,

        @Schema(
                description =
                        "Ids of the faults that were applied to it, in the order of their effect: to a reply before it was sent,"
                                + " or to a received message of which something was not answered",
                example = "[]")
        List<String> faults,

        @Schema(description = "Whether it is the plaintext of a TLS connection", example = "false")
        boolean decrypted) {

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
                Utf8Text.of(message.payload(), truncated),
                message.faults(),
                message.decrypted());
    }
}
