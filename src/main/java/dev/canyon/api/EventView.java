package dev.canyon.api;

import dev.canyon.inspect.Happening;
import dev.canyon.inspect.ListenerEvent;
import dev.canyon.transport.IpText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Something that happened. */
@Schema(description = "Something that happened to a listener or on its sockets")
record EventView(
        @Schema(
                description = "Later ones have larger numbers, over all listeners and after a restart of Canyon too",
                example = "1795389600000017")
        String id,

        Instant at,
        @Schema(example = "echo-tcp") String listener,

        @Schema(
                description = "Named as in socket programming. UDP has no listening, accepted, closed and rejected;"
                        + " received and sent come only while traffic is captured",
                allowableValues = {
                    "bound",
                    "listening",
                    "accepted",
                    "received",
                    "sent",
                    "closed",
                    "rejected",
                    "dropped",
                    "stopped",
                    "failed"
                },
                example = "closed")
        String type,

        @Schema(
                description = "The peer, where there is one; of several that are counted together the last",
                example = "127.0.0.1",
                nullable = true)
        @Nullable
        String remoteAddress,

        @Schema(example = "51514", nullable = true) @Nullable
        Integer remotePort,

        @Schema(
                description = "All of it in words",
                example = "connection 17 closed by the client, which ended its side and got everything back;"
                        + " 10 bytes received, 10 sent")
        String detail,

        @Schema(
                description = "How often it happened; rejected and dropped are told once a second and reason at most",
                example = "1")
        long count,

        @Schema(
                description = "Why, as counted in the status under closed, rejected and dropped; why it failed",
                example = "client",
                nullable = true)
        @Nullable
        String reason,

        @Schema(description = "The id in the list of connections", example = "17", nullable = true) @Nullable
        String connection,

        @Schema(
                description =
                        "What came from the client: in all, when it is closed; in this message, when it is received",
                example = "10",
                nullable = true)
        @Nullable
        Long receivedBytes,

        @Schema(
                description = "What went to the client: in all, when it is closed; in this message, when it is sent",
                example = "10",
                nullable = true)
        @Nullable
        Long sentBytes) {

    static EventView of(ListenerEvent event) {
        Happening what = event.what();
        InetSocketAddress remote = event.remote();
        Long connection = orNull(what.connection());
        return new EventView(
                String.valueOf(event.id()),
                event.at(),
                event.listener(),
                what.type().toString(),
                remote == null ? null : IpText.of(remote.getAddress()),
                remote == null ? null : remote.getPort(),
                what.text(),
                event.count(),
                what.reason(),
                connection == null ? null : connection.toString(),
                orNull(what.receivedBytes()),
                orNull(what.sentBytes()));
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}
