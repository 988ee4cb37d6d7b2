package dev.canyon.api.event;

import dev.canyon.inspect.event.EventDetail;
import dev.canyon.inspect.event.ListenerEvent;
import dev.canyon.net.IpText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An event in the API. */
@Schema(description = "An event of a listener or its sockets")
record EventView(
        @Schema(
                description = "Increases over all listeners and across restarts of Canyon",
                example = "1795389600000017")
        String id,

        @Schema(
                description =
                        "Id of the first occurrence. An event replaces the earlier one with the same firstId: it is the same event with a higher count",
                example = "1795389600000017")
        String firstId,

        @Schema(description = "Time of the last occurrence") Instant at,

        @Schema(description = "Time of the first occurrence")
        Instant firstAt,

        @Schema(example = "echo-tcp") String listener,

        @Schema(
                description =
                        "Named after the socket calls, where there is one. listening, accepted, closed and rejected are"
                                + " TCP only",
                allowableValues = {
                    "bound",
                    "listening",
                    "accepted",
                    "closed",
                    "rejected",
                    "dropped",
                    "stopped",
                    "failed",
                    "capture-started",
                    "capture-paused",
                    "capture-stopped",
                    "fault-added",
                    "fault-removed",
                    "fault-expired",
                    "faulted"
                },
                example = "closed")
        String type,

        @Schema(
                description =
                        "The peer, if there is one; for several occurrences, the last peer; null for those of sources"
                                + " beyond the first 16 within a second",
                example = "127.0.0.1")
        @Nullable
        String remoteAddress,

        @Schema(example = "51514") @Nullable Integer remotePort,

        @Schema(
                description = "One line that describes the event",
                example = "connection 17 closed by the client after all replies were sent; 10 bytes received, 10 sent")
        String detail,

        @Schema(
                description =
                        "Number of occurrences of the same type, reason and source. More than 1 only for rejected, dropped,"
                                + " failed, and closed with the reason probe; updated at most once per second",
                example = "1")
        long count,

        @Schema(
                description =
                        "The reason, as in closed, rejected and dropped of the status; for failed, the failure code",
                example = "client")
        @Nullable
        String reason,

        @Schema(description = "Id of the connection; null for probes", example = "17") @Nullable
        String connection,

        @Schema(description = "Bytes received from the client, for closed", example = "10") @Nullable
        Long receivedBytes,

        @Schema(description = "Bytes sent to the client, for closed", example = "10") @Nullable
        Long sentBytes) {

    static EventView of(ListenerEvent event) {
        EventDetail detail = event.detail();
        InetSocketAddress remote = event.remote();
        Long connection = orNull(detail.connection());
        return new EventView(
                String.valueOf(event.id()),
                String.valueOf(event.firstId()),
                event.at(),
                event.firstAt(),
                event.listener(),
                detail.type().toString(),
                remote == null ? null : IpText.of(remote.getAddress()),
                remote == null ? null : remote.getPort(),
                detail.text(),
                event.count(),
                detail.reason(),
                connection == null ? null : connection.toString(),
                orNull(detail.receivedBytes()),
                orNull(detail.sentBytes()));
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
